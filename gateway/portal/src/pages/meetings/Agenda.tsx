import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AgendaItem } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { clock, MINUTE } from '@/lib/time';
import { whereOf } from '@/lib/whereOf';

interface Props {
  items: readonly AgendaItem[];
  start: number;
  zone: string;
}

// The items with the time at which each is due, as long as that is known.
export function Agenda({ items, start, zone }: Props) {
  const { t } = useTranslation();
  let at: number | null = start;
  const timed = items.map((item) => {
    const begins = at;
    at = at !== null && item.minutes > 0 ? at + item.minutes * MINUTE : null;
    return { item, begins };
  });
  return (
    <ol className="agenda">
      {timed.map(({ item, begins }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the order is what an item is known by
        <li key={i}>
          <span className="agenda-time">{begins === null ? '' : clock(begins, zone)}</span>
          <span className="agenda-title">
            {item.project ? <Link to={whereOf(item.project)}>{item.title}</Link> : item.title}
          </span>
          <span className="muted">
            {item.minutes > 0 ? t('meetings.minutes', { n: item.minutes }) : ''}
          </span>
        </li>
      ))}
    </ol>
  );
}
