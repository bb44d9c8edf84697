import { lazy } from 'react';
import { Route } from 'react-router';

const MembersPage = lazy(() => import('./MembersPage'));
const MemberPage = lazy(() => import('./MemberPage'));
const MemberFormPage = lazy(() => import('./MemberFormPage'));
const ApplicationsPage = lazy(() => import('./ApplicationsPage'));
const ImportPage = lazy(() => import('./import/ImportPage'));

export const memberRoutes = (
  <Route path="/members">
    <Route index element={<MembersPage />} />
    <Route path="new" element={<MemberFormPage />} />
    <Route path="import" element={<ImportPage />} />
    <Route path="applications" element={<ApplicationsPage />} />
    <Route path=":id" element={<MemberPage />} />
    <Route path=":id/edit" element={<MemberFormPage />} />
  </Route>
);
