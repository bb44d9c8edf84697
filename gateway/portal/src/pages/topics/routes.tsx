import { lazy } from 'react';
import { Route } from 'react-router';

const TopicsPage = lazy(() => import('./TopicsPage'));
const TopicPage = lazy(() => import('./TopicPage'));
const TopicFormPage = lazy(() => import('./TopicFormPage'));

export const topicRoutes = (
  <Route path="/topics">
    <Route index element={<TopicsPage />} />
    <Route path="new" element={<TopicFormPage />} />
    <Route path=":id" element={<TopicPage />} />
  </Route>
);
