import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { useWork } from '@/app/session';
import { Tabs } from '@/components/Tabs';

// The three lists. Matches are the business of liaisons and the street.
export function ExchangeTabs() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const { isLiaison, isStreet } = useWork();
  const lists = ['needs', 'offers', ...(isLiaison || isStreet ? ['matches'] : [])];
  return (
    <Tabs
      label={t('nav.exchange')}
      tabs={lists.map((list) => ({
        to: `/exchange/${list}`,
        label: t(`exchange.list.${list}`),
        current: pathname === `/exchange/${list}`,
      }))}
    />
  );
}
