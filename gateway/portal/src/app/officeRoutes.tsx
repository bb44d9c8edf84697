// The pages of the three administrators. Each shows the reader only those of
// its own office; to the others they do not exist.
import { lazy } from 'react';
import { Route } from 'react-router';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';

const UsersPage = lazy(() => import('@/pages/users/UsersPage'));
const UserFormPage = lazy(() => import('@/pages/users/UserFormPage'));
const UserPage = lazy(() => import('@/pages/users/UserPage'));
const AlliancesPage = lazy(() => import('@/pages/alliances/AlliancesPage'));
const AllianceFormPage = lazy(() => import('@/pages/alliances/AllianceFormPage'));
const SystemsPage = lazy(() => import('@/pages/systems/SystemsPage'));
const SystemFormPage = lazy(() => import('@/pages/systems/SystemFormPage'));
const SystemPage = lazy(() => import('@/pages/systems/SystemPage'));
const JournalPage = lazy(() => import('@/pages/journal/JournalPage'));
const EntryPage = lazy(() => import('@/pages/journal/EntryPage'));

// Elements for inside of <Routes>, which takes no components of ours.
export function officeRoutes(offices: readonly Role[]) {
  const system = offices.includes(Role.SYSTEM_ADMIN);
  const accounts = system || offices.includes(Role.SECURITY_ADMIN);
  return (
    <>
      {accounts && (
        <>
          <Route path="/users" element={<UsersPage />} />
          <Route path="/users/:id" element={<UserPage />} />
          <Route path="/systems" element={<SystemsPage />} />
          <Route path="/systems/:id" element={<SystemPage />} />
        </>
      )}
      {system && (
        <>
          <Route path="/users/new" element={<UserFormPage />} />
          <Route path="/systems/new" element={<SystemFormPage />} />
          <Route path="/alliances" element={<AlliancesPage />} />
          <Route path="/alliances/new" element={<AllianceFormPage />} />
        </>
      )}
      {offices.includes(Role.AUDIT_ADMIN) && (
        <>
          <Route path="/journal" element={<JournalPage />} />
          <Route path="/journal/:service/:number" element={<EntryPage />} />
        </>
      )}
    </>
  );
}
