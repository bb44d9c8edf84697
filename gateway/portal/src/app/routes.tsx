// Which address shows which page. Every page is a chunk of its own.
import { lazy, Suspense } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Splash } from '@/components/Splash';
import { bookingPage } from '@/components/slots/bookingPage';
import { kinds } from '@/lib/enums';
import { applyRoutes } from '@/pages/apply/routes';
import { charterRoutes } from '@/pages/charter/routes';
import { exchangeRoutes } from '@/pages/exchange/routes';
import { liveRoutes } from '@/pages/live/routes';
import { lotteryRoutes } from '@/pages/lottery/routes';
import { memberRoutes } from '@/pages/members/routes';
import { menuRoutes } from '@/pages/menus/routes';
import { passRoutes } from '@/pages/passes/routes';
import { procedureRoutes } from '@/pages/procedures/routes';
import { projectRoutes } from '@/pages/projects/routes';
import { reportRoutes } from '@/pages/reports/routes';
import { requestRoutes } from '@/pages/requests/routes';
import { rotationRoutes } from '@/pages/rotation/routes';
import { topicRoutes } from '@/pages/topics/routes';
import { officeRoutes } from './officeRoutes';
import { PageBoundary } from './PageBoundary';
import { SessionGate } from './SessionGate';
import { Shell } from './Shell';
import { useSession } from './session';

const SignInPage = lazy(() => import('@/pages/sign-in/SignInPage'));
const SignOnPage = lazy(() => import('@/pages/sign-in/SignOnPage'));
const WorkbenchPage = lazy(() => import('@/pages/workbench/WorkbenchPage'));
const OfficePage = lazy(() => import('@/pages/workbench/OfficePage'));
const OverviewPage = lazy(() => import('@/pages/overview/OverviewPage'));
const BookingPage = lazy(() => import('@/pages/booking/BookingPage'));
const GroupPage = lazy(() => import('@/pages/group/GroupPage'));
const MinePage = lazy(() => import('@/pages/mine/MinePage'));
const SettingsPage = lazy(() => import('@/pages/mine/SettingsPage'));
const MeetingsPage = lazy(() => import('@/pages/meetings/MeetingsPage'));
const MeetingPage = lazy(() => import('@/pages/meetings/MeetingPage'));
const MinutesPage = lazy(() => import('@/pages/minutes/MinutesPage'));
const MeetingFormPage = lazy(() => import('@/pages/meetings/MeetingFormPage'));
const BallotPage = lazy(() => import('@/pages/ballots/BallotPage'));
const FacilitiesPage = lazy(() => import('@/pages/facilities/FacilitiesPage'));
const FacilityPage = lazy(() => import('@/pages/facilities/FacilityPage'));
const FacilityFormPage = lazy(() => import('@/pages/facilities/FacilityFormPage'));
const WindowEditPage = lazy(() => import('@/pages/facilities/WindowEditPage'));
const WindowFormPage = lazy(() => import('@/pages/facilities/WindowFormPage'));
const ReceptionPage = lazy(() => import('@/pages/reception/ReceptionPage'));
const NoticesPage = lazy(() => import('@/pages/notices/NoticesPage'));
const OpenPage = lazy(() => import('@/pages/notices/OpenPage'));
const NotFoundPage = lazy(() => import('@/pages/NotFoundPage'));

export function Pages() {
  const { pathname } = useLocation();
  return (
    <PageBoundary at={pathname}>
      <Suspense fallback={<Splash />}>
        <Routes>
          <Route path="/sign-in" element={<SignInPage />} />
          <Route path="/sign-on" element={<SignOnPage />} />
          {applyRoutes}
          <Route element={<SessionGate />}>
            <Route element={<Shell />}>
              <Route index element={<Navigate to="/workbench" replace />} />
              <Route path="/mine/settings" element={<SettingsPage />} />
              <Route path="/notices" element={<NoticesPage />} />
              <Route path="/open" element={<OpenPage />} />
              <Route path="*" element={<WorkPages />} />
            </Route>
          </Route>
        </Routes>
      </Suspense>
    </PageBoundary>
  );
}

// The pages of an alliance and of the installation; most administrators of the
// installation have no alliance.
function WorkPages() {
  const { scope, offices } = useSession();
  if (!scope) {
    return (
      <Routes>
        <Route path="/workbench" element={<OfficePage />} />
        {officeRoutes(offices)}
        <Route path="*" element={<NotFoundPage />} />
      </Routes>
    );
  }
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Routes>
        <Route path="/workbench" element={<WorkbenchPage />} />
        <Route path="/overview" element={<OverviewPage />} />
        {kinds.map((kind) => (
          <Route
            key={kind}
            path={bookingPage[kind]}
            element={<BookingPage key={kind} kind={kind} />}
          />
        ))}
        <Route path="/group" element={<GroupPage />} />
        <Route path="/mine" element={<MinePage />} />
        {menuRoutes}
        {lotteryRoutes}
        {memberRoutes}
        {charterRoutes}
        <Route path="/meetings" element={<MeetingsPage />} />
        <Route path="/meetings/new" element={<MeetingFormPage />} />
        <Route path="/meetings/:id" element={<MeetingPage />} />
        <Route path="/meetings/:id/minutes" element={<MinutesPage />} />
        {projectRoutes}
        <Route path="/meetings/:id/edit" element={<MeetingFormPage />} />
        {liveRoutes}
        {topicRoutes}
        <Route path="/meetings/:id/ballots/:ballot" element={<BallotPage />} />
        {procedureRoutes}
        {rotationRoutes}
        {exchangeRoutes}
        {requestRoutes}
        {reportRoutes}
        {passRoutes}
        <Route path="/facilities" element={<FacilitiesPage />} />
        <Route path="/facilities/new" element={<FacilityFormPage />} />
        <Route path="/facilities/:id" element={<FacilityPage />} />
        <Route path="/facilities/:id/edit" element={<FacilityFormPage />} />
        <Route path="/facilities/:id/windows/new" element={<WindowFormPage />} />
        <Route path="/facilities/:id/windows/:window/edit" element={<WindowEditPage />} />
        <Route path="/reception" element={<ReceptionPage />} />
        {officeRoutes(offices)}
        <Route path="*" element={<NotFoundPage />} />
      </Routes>
    </Suspense>
  );
}
