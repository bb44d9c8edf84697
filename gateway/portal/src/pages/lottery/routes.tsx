import { lazy } from 'react';
import { Route } from 'react-router';

const DrawsPage = lazy(() => import('./DrawsPage'));
const DrawPage = lazy(() => import('./DrawPage'));

export const lotteryRoutes = (
  <Route path="/lottery">
    <Route index element={<DrawsPage />} />
    <Route path=":facility/:window/:day" element={<DrawPage />} />
  </Route>
);
