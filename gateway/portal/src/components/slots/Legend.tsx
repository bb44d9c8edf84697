import { useTranslation } from 'react-i18next';

const states = ['bookable', 'scarce', 'full', 'mine', 'lottery', 'closed'] as const;

export function Legend() {
  const { t } = useTranslation();
  return (
    <ul className="legend" aria-label={t('booking.legend.title')}>
      {states.map((state) => (
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
