import { lazy } from 'react';
import { Route } from 'react-router';

const ProceduresPage = lazy(() => import('./ProceduresPage'));
const ProcedurePage = lazy(() => import('./ProcedurePage'));
const StartPage = lazy(() => import('./StartPage'));
const TemplatesPage = lazy(() => import('./TemplatesPage'));
const TemplatePage = lazy(() => import('./TemplatePage'));

export const procedureRoutes = (
  <Route path="/procedures">
    <Route index element={<ProceduresPage />} />
    <Route path="new" element={<StartPage />} />
    <Route path="templates" element={<TemplatesPage />} />
    <Route path="templates/:id" element={<TemplatePage />} />
    <Route path=":id" element={<ProcedurePage />} />
  </Route>
);
