import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { useWork } from '@/app/session';
import { Tabs } from '@/components/Tabs';

// The views of the rotation that the reader has.
export function RotationTabs() {
  const { t } = useTranslation();
  const { isLiaison, isStreet } = useWork();
  const { pathname } = useLocation();
  const tabs = [
    { to: '/rotation', label: t('rotation.tab.terms') },
    ...(isLiaison ? [{ to: '/rotation/mine', label: t('rotation.tab.mine') }] : []),
    ...(isStreet ? [{ to: '/rotation/plan', label: t('rotation.tab.plan') }] : []),
    { to: '/rotation/swaps', label: t('rotation.tab.swaps') },
    ...(isLiaison || isStreet
      ? [{ to: '/rotation/handovers', label: t('rotation.tab.handovers') }]
      : []),
    { to: '/rotation/pool', label: t('rotation.tab.pool') },
  ];
  return (
    <Tabs
      label={t('rotation.tab.label')}
      tabs={tabs.map((tab) => ({ ...tab, current: tab.to === pathname }))}
    />
  );
}
