import { lazy } from 'react';
import { Navigate, Route } from 'react-router';

const ListingsPage = lazy(() => import('./ListingsPage'));
const ListingPage = lazy(() => import('./ListingPage'));
const ListingFormPage = lazy(() => import('./ListingFormPage'));
const MatchesPage = lazy(() => import('./MatchesPage'));
const MatchPage = lazy(() => import('./MatchPage'));

const lists = ['needs', 'offers'] as const;

export const exchangeRoutes = (
  <Route path="/exchange">
    <Route index element={<Navigate to="/exchange/needs" replace />} />
    {lists.map((list) => (
      <Route key={list} path={list}>
        <Route index element={<ListingsPage key={list} list={list} />} />
        <Route path="new" element={<ListingFormPage key={list} list={list} />} />
        <Route path=":id" element={<ListingPage key={list} list={list} />} />
        <Route path=":id/edit" element={<ListingFormPage key={list} list={list} />} />
      </Route>
    ))}
    <Route path="matches" element={<MatchesPage />} />
    <Route path="matches/:id" element={<MatchPage />} />
  </Route>
);
