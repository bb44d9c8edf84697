// Passes for what the reader's unit lends that wait for its word, as to-dos.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAlliance } from '@/api/useAlliance';
import { idOf } from '@/lib/names';
import { Decide } from './Decide';
import { usePassPeriod } from './usePassPeriod';
import { usePassTodos } from './usePassTodos';
import '@/components/bookings/bookings.css';

export function PassTodos() {
  const { t } = useTranslation();
  const { zone } = useAlliance();
  const period = usePassPeriod(zone);
  return usePassTodos().passes.map((pass) => (
    <li key={pass.name} className="todo-item todo-wide" data-testid="todo-pass">
      <div className="todo-text">
        <span className="tag tag-kind">{t('passes.approveKind')}</span>
        <h3>
          <Link to={`/passes/${idOf(pass.name)}`}>{pass.facilityDisplayName}</Link>
        </h3>
        <p className="muted">
          {[pass.plate, period(pass), t('passes.days', { n: pass.days })].join(' · ')}
        </p>
      </div>
      <Decide name={pass.name} />
    </li>
  ));
}
