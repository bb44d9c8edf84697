import { useTranslation } from 'react-i18next';

interface Props {
  items: readonly { minutes: number }[];
  // How long the meeting is; NaN where nobody says.
  length: number;
}

// Says that an agenda takes longer than its meeting, as far as its items have times.
export function AgendaOverrun({ items, length }: Props) {
  const { t } = useTranslation();
  const taken = items.reduce((sum, item) => sum + item.minutes, 0);
  if (!(length > 0 && taken > length)) return null;
  return (
    <p className="banner" role="status" data-testid="agenda-overrun">
      {t('meetings.overrun', { taken, length })}
    </p>
  );
}
