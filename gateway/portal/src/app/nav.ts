// What the navigation offers to whom, in order.
import {
  ApartmentOutlined,
  ApiOutlined,
  AppstoreOutlined,
  AuditOutlined,
  BankOutlined,
  BarChartOutlined,
  BookOutlined,
  BulbOutlined,
  CarOutlined,
  CoffeeOutlined,
  GlobalOutlined,
  IdcardOutlined,
  MessageOutlined,
  OrderedListOutlined,
  PieChartOutlined,
  ProjectOutlined,
  QrcodeOutlined,
  ShareAltOutlined,
  SwapOutlined,
  SyncOutlined,
  TeamOutlined,
  ToolOutlined,
  UserOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import { useSession } from './session';

export interface NavItem {
  id: string;
  to: string;
  icon: ComponentType;
  group: 'daily' | 'alliance' | 'office' | 'self';
  // On the tab bar of a phone; the rest is under "more".
  tab: boolean;
}

const workbench: NavItem = {
  id: 'workbench',
  to: '/workbench',
  icon: AppstoreOutlined,
  group: 'daily',
  tab: true,
};
const mine: NavItem = { id: 'mine', to: '/mine', icon: UserOutlined, group: 'daily', tab: true };
const settings: NavItem = { ...mine, to: '/mine/settings' };

const working: NavItem[] = [
  workbench,
  { id: 'parking', to: '/parking', icon: CarOutlined, group: 'daily', tab: true },
  { id: 'canteen', to: '/canteen', icon: CoffeeOutlined, group: 'daily', tab: true },
  { id: 'venues', to: '/venues', icon: BankOutlined, group: 'daily', tab: false },
  { id: 'services', to: '/services', icon: ToolOutlined, group: 'daily', tab: false },
  { id: 'requests', to: '/requests', icon: MessageOutlined, group: 'daily', tab: true },
  mine,
  { id: 'overview', to: '/overview', icon: PieChartOutlined, group: 'alliance', tab: false },
  { id: 'members', to: '/members', icon: ApartmentOutlined, group: 'alliance', tab: false },
  { id: 'meetings', to: '/meetings', icon: TeamOutlined, group: 'alliance', tab: false },
  { id: 'topics', to: '/topics', icon: BulbOutlined, group: 'alliance', tab: false },
  {
    id: 'procedures',
    to: '/procedures',
    icon: OrderedListOutlined,
    group: 'alliance',
    tab: false,
  },
  { id: 'projects', to: '/projects', icon: ProjectOutlined, group: 'alliance', tab: false },
  { id: 'rotation', to: '/rotation', icon: SyncOutlined, group: 'alliance', tab: false },
  { id: 'charter', to: '/charter', icon: BookOutlined, group: 'alliance', tab: false },
  { id: 'facilities', to: '/facilities', icon: ShareAltOutlined, group: 'alliance', tab: false },
  { id: 'exchange', to: '/exchange', icon: SwapOutlined, group: 'alliance', tab: false },
  { id: 'reports', to: '/reports', icon: BarChartOutlined, group: 'alliance', tab: false },
];

const reception: NavItem = {
  id: 'reception',
  to: '/reception',
  icon: QrcodeOutlined,
  group: 'alliance',
  tab: false,
};

const users: NavItem = {
  id: 'users',
  to: '/users',
  icon: IdcardOutlined,
  group: 'office',
  tab: true,
};
const systems: NavItem = { ...users, id: 'systems', to: '/systems', icon: ApiOutlined };

// What each of the three administrators works on.
const office: Partial<Record<Role, NavItem[]>> = {
  [Role.SYSTEM_ADMIN]: [
    users,
    { ...users, id: 'alliances', to: '/alliances', icon: GlobalOutlined },
    systems,
  ],
  [Role.SECURITY_ADMIN]: [users, systems],
  [Role.AUDIT_ADMIN]: [{ ...users, id: 'journal', to: '/journal', icon: AuditOutlined }],
};

export function useNav(): NavItem[] {
  const { scope, offices } = useSession();
  const duties = offices.flatMap((role) => office[role] ?? []);
  if (!scope) return [workbench, ...duties, settings];
  // Whoever also has a unit has the daily pages on the tab bar.
  const lends = scope.roles.has(Role.LIAISON) || scope.roles.has(Role.STREET_ADMIN);
  return [
    ...working,
    ...(lends ? [reception] : []),
    ...duties.map((item) => ({ ...item, tab: false })),
  ];
}
