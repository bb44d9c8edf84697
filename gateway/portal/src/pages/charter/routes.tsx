import { lazy } from 'react';
import { Route } from 'react-router';

const CharterPage = lazy(() => import('./CharterPage'));
const AdoptPage = lazy(() => import('./AdoptPage'));

export const charterRoutes = (
  <Route path="/charter">
    <Route index element={<CharterPage />} />
    <Route path="adopt" element={<AdoptPage />} />
    <Route path=":version" element={<CharterPage />} />
  </Route>
);
