import { lazy } from 'react';
import { Route } from 'react-router';

const PassesPage = lazy(() => import('./PassesPage'));
const PassPage = lazy(() => import('./PassPage'));
const PassFormPage = lazy(() => import('./PassFormPage'));
const PassTermsPage = lazy(() => import('./PassTermsPage'));

export const passRoutes = (
  <>
    <Route path="/mine/passes" element={<PassesPage key="mine" />} />
    <Route path="/passes" element={<PassesPage key="lent" lent />} />
    <Route path="/passes/new" element={<PassFormPage />} />
    <Route path="/passes/:id" element={<PassPage />} />
    <Route path="/facilities/:id/windows/:window/passes" element={<PassTermsPage />} />
  </>
);
