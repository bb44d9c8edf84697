import { lazy } from 'react';
import { Route } from 'react-router';

const ReportsHome = lazy(() => import('./ReportsHome'));
const LedgerPage = lazy(() => import('./LedgerPage'));
const EntriesPage = lazy(() => import('./EntriesPage'));
const UsePage = lazy(() => import('./UsePage'));
const EvaluationPage = lazy(() => import('./EvaluationPage'));

export const reportRoutes = (
  <Route path="/reports">
    <Route index element={<ReportsHome />} />
    <Route path="ledger" element={<LedgerPage />} />
    <Route path="entries" element={<EntriesPage />} />
    <Route path="use" element={<UsePage />} />
    <Route path="evaluation" element={<EvaluationPage />} />
  </Route>
);
