import { lazy } from 'react';
import { Route } from 'react-router';

const WeekMenusPage = lazy(() => import('./WeekMenusPage'));
const MenuEditPage = lazy(() => import('./MenuEditPage'));

export const menuRoutes = (
  <>
    <Route path="/canteen/menus" element={<WeekMenusPage />} />
    <Route path="/facilities/:id/menus" element={<MenuEditPage />} />
  </>
);
