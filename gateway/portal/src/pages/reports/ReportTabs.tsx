import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { useWork } from '@/app/session';
import { Tabs } from '@/components/Tabs';

// Balances are for everyone, the rest for liaisons and the street.
export function ReportTabs() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const { isLiaison, isStreet } = useWork();
  const tabs = isLiaison || isStreet ? ['use', 'evaluation', 'ledger', 'entries'] : ['ledger'];
  return (
    <Tabs
      label={t('nav.reports')}
      tabs={tabs.map((tab) => ({
        to: `/reports/${tab}`,
        label: t(`reports.tab.${tab}`),
        current: pathname === `/reports/${tab}`,
      }))}
    />
  );
}
