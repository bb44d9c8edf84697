import { useTranslation } from 'react-i18next';
import { useAlliance } from './useAlliance';

export const LIST_NAMES = ['needs', 'offers', 'matches'] as const;
export type ListName = (typeof LIST_NAMES)[number];

// What the alliance calls its three lists, where it does not say as the product does.
export function useListLabels(): (list: ListName) => string {
  const { t } = useTranslation();
  const { alliance } = useAlliance();
  return (list) => alliance?.listLabels?.[list] || t(`exchange.list.${list}`);
}
