import { useTranslation } from 'react-i18next';
import { useAlliance } from '@/api/useAlliance';
import { dayOf, daysLeft } from '@/lib/time';

// Says how many days are left until the last day of a term, or how long it is over.
export function useLeft(): (lastDay: string) => string {
  const { t } = useTranslation();
  const { zone } = useAlliance();
  return (lastDay) => {
    const left = daysLeft(lastDay, dayOf(Date.now(), zone));
    if (left < 0) return t('projects.board.over', { count: -left });
    return left === 0 ? t('projects.board.today') : t('projects.board.days', { count: left });
  };
}
