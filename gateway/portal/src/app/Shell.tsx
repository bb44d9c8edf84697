// The frame of every page: red header, side navigation or tab bar, main.
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation } from 'react-router';
import { PageSkeleton } from '@/components/PageSkeleton';
import { useIsPhone } from '@/lib/media';
import { Header } from './Header';
import { PageBoundary } from './PageBoundary';
import { SideNav } from './SideNav';
import { TabBar } from './TabBar';

export function Shell() {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const { pathname } = useLocation();

  // A new page begins at its top; a new filter of the same page does not.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the page changes
  useEffect(() => {
    window.scrollTo(0, 0);
  }, [pathname]);

  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('nav.skip')}
      </a>
      <Header />
      <div className="shell-body">
        {!phone && <SideNav />}
        <main id="main" className="page" tabIndex={-1}>
          <PageBoundary at={pathname}>
            <Suspense fallback={<PageSkeleton />}>
              <Outlet />
            </Suspense>
          </PageBoundary>
        </main>
      </div>
      {phone && <TabBar />}
    </div>
  );
}
