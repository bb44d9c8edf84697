import { lazy } from 'react';
import { Route } from 'react-router';

const ProjectsPage = lazy(() => import('./ProjectsPage'));
const BoardPage = lazy(() => import('./BoardPage'));
const ProjectPage = lazy(() => import('./ProjectPage'));
const ProjectFormPage = lazy(() => import('./ProjectFormPage'));

export const projectRoutes = (
  <Route path="/projects">
    <Route index element={<ProjectsPage />} />
    <Route path="board" element={<BoardPage />} />
    <Route path="new" element={<ProjectFormPage />} />
    <Route path=":id" element={<ProjectPage />} />
  </Route>
);
