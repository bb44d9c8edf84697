// The next turn of the reader's own unit, with the way to exchange it.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Panel } from '@/components/Panel';
import { idOf } from '@/lib/names';
import { ms } from '@/lib/time';
import { period } from './dates';
import { phaseOf } from './model';
import { PhaseTag } from './PhaseTag';
import { useOwnTerms } from './useOwnTerms';
import './chair.css';

export function OwnTurn() {
  const { t, i18n } = useTranslation();
  const { isLiaison } = useWork();
  const { zone } = useAlliance();
  const { own } = useOwnTerms();
  if (!isLiaison || own.length === 0) return null;
  return (
    <Panel
      title={t('rotation.own.turn')}
      extra={<Link to="/rotation/mine">{t('rotation.own.all')}</Link>}
    >
      <ul className="rows">
        {own.slice(0, 3).map((term) => (
          <li key={term.name} className="own-turn">
            <PhaseTag phase={phaseOf(term)} />
            <Link to={`/rotation?term=${idOf(term.name)}`} className="own-turn-when">
              {period(ms(term.startTime), ms(term.endTime), zone, i18n.language)}
            </Link>
            {phaseOf(term) === 'published' && (
              <Link
                to={`/rotation/swap?term=${idOf(term.name)}`}
                className="button-link"
                data-testid="swap-start"
              >
                {t('rotation.swap.start')}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
