import { lazy } from 'react';
import { Route } from 'react-router';

const RequestsPage = lazy(() => import('./RequestsPage'));
const RequestFormPage = lazy(() => import('./RequestFormPage'));
const DispatchTablePage = lazy(() => import('./DispatchTablePage'));
const RequestPage = lazy(() => import('./RequestPage'));

export const requestRoutes = (
  <Route path="/requests">
    <Route index element={<RequestsPage />} />
    <Route path="dispatch" element={<DispatchTablePage />} />
    <Route path="new" element={<RequestFormPage />} />
    <Route path=":id" element={<RequestPage />} />
  </Route>
);
