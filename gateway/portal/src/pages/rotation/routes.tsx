import { lazy } from 'react';
import { Route } from 'react-router';

const RotationPage = lazy(() => import('./RotationPage'));
const UnitPage = lazy(() => import('./UnitPage'));
const PlanPage = lazy(() => import('./PlanPage'));
const PoolPage = lazy(() => import('./PoolPage'));
const SwapPage = lazy(() => import('./SwapPage'));
const SwapsPage = lazy(() => import('./SwapsPage'));

const HandoversPage = lazy(() => import('@/pages/handover/HandoversPage'));
const HandoverPage = lazy(() => import('@/pages/handover/HandoverPage'));

export const rotationRoutes = (
  <Route path="/rotation">
    <Route index element={<RotationPage />} />
    <Route path="mine" element={<UnitPage />} />
    <Route path="units/:id" element={<UnitPage />} />
    <Route path="swap" element={<SwapPage />} />
    <Route path="swaps" element={<SwapsPage />} />
    <Route path="plan" element={<PlanPage />} />
    <Route path="handovers" element={<HandoversPage />} />
    <Route path="handovers/:id" element={<HandoverPage />} />
    <Route path="pool" element={<PoolPage />} />
  </Route>
);
