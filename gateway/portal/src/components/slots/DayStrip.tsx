// Seven days to choose from, and the way to the seven after and before. Each
// day is a link: it has an address.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import './days.css';
import { addDays, DAY, weekday } from '@/lib/time';

interface Props {
  today: string;
  day: string;
  to: (day: string) => string;
}

export function DayStrip({ today, day, to }: Props) {
  const { t } = useTranslation();
  const ahead = Math.round((Date.parse(day) - Date.parse(today)) / DAY);
  const week = Math.floor(ahead / 7);
  const first = addDays(today, week * 7);
  const days = Array.from({ length: 7 }, (_, i) => addDays(first, i));
  return (
    <nav className="days" aria-label={t('booking.days')}>
      {week > 0 && (
        <Link className="days-step" to={to(addDays(day, -7))} aria-label={t('booking.weekBefore')}>
          <span aria-hidden="true">‹</span>
        </Link>
      )}
      <ul>
        {days.map((one) => (
          <li key={one}>
            <Link
              to={to(one)}
              replace
              className="day"
              aria-current={one === day ? 'date' : undefined}
              data-testid="day"
              data-day={one}
              data-weekend={weekday(one) % 6 === 0}
            >
              <span>{one === today ? t('booking.today') : t(`weekday.${weekday(one)}`)}</span>
              <strong>
                <span className="day-month">{`${Number(one.slice(5, 7))}/`}</span>
                {Number(one.slice(8))}
              </strong>
            </Link>
          </li>
        ))}
      </ul>
      <Link className="days-step" to={to(addDays(day, 7))} aria-label={t('booking.weekAfter')}>
        <span aria-hidden="true">›</span>
      </Link>
    </nav>
  );
}
