// What the colours mean: those of every day, and the others that the shown day has.
import { useTranslation } from 'react-i18next';
import type { Row } from './model';

const states = [
  'bookable',
  'scarce',
  'full',
  'mine',
  'waiting',
  'offered',
  'lottery',
  'closed',
  'notforyou',
  'notyet',
] as const;

const always = new Set(['bookable', 'scarce', 'full', 'mine', 'closed']);

export function Legend({ rows }: { rows: readonly Row[] }) {
  const { t } = useTranslation();
  const there = new Set<string>(rows.flatMap((row) => row.cells.map((cell) => cell.state)));
  const shown = states.filter((state) => always.has(state) || there.has(state));
  return (
    <ul className="legend" aria-label={t('booking.legend.title')}>
      {shown.map((state) => (
        <li key={state}>
          <span
            className="slot legend-swatch"
            data-state={state === 'scarce' ? 'bookable' : state}
            data-scarce={state === 'scarce'}
            aria-hidden="true"
          />
          {t(`booking.legend.${state}`)}
        </li>
      ))}
    </ul>
  );
}
