import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { type ListName, useListLabels } from '@/api/useListLabels';
import { useWork } from '@/app/session';
import { Tabs } from '@/components/Tabs';

// The three lists. Matches are the business of liaisons and the street.
export function ExchangeTabs() {
  const { t } = useTranslation();
  const labelOf = useListLabels();
  const { pathname } = useLocation();
  const { isLiaison, isStreet } = useWork();
  const lists: ListName[] = [
    'needs',
    'offers',
    ...(isLiaison || isStreet ? (['matches'] as const) : []),
  ];
  return (
    <Tabs
      label={t('nav.exchange')}
      tabs={lists.map((list) => ({
        to: `/exchange/${list}`,
        label: labelOf(list),
        current: pathname === `/exchange/${list}`,
      }))}
    />
  );
}
