import { lazy } from 'react';
import { Route } from 'react-router';

const LivePage = lazy(() => import('./LivePage'));
const CheckInPage = lazy(() => import('./CheckInPage'));

export const liveRoutes = (
  <Route path="/meetings/:id">
    <Route path="live" element={<LivePage />} />
    <Route path="check-in" element={<CheckInPage />} />
  </Route>
);
