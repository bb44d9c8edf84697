import { lazy } from 'react';
import { Route } from 'react-router';

const ApplyPage = lazy(() => import('./ApplyPage'));
const StatusPage = lazy(() => import('./StatusPage'));

// For everyone, without a session. An alliance can't be called `status`.
export const applyRoutes = (
  <Route path="/apply">
    <Route index element={<ApplyPage />} />
    <Route path="status" element={<StatusPage />} />
    <Route path=":alliance" element={<ApplyPage />} />
  </Route>
);
