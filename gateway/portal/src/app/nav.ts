// What the navigation offers to whom, in order.
import {
  ApartmentOutlined,
  AppstoreOutlined,
  BookOutlined,
  CarOutlined,
  CoffeeOutlined,
  PieChartOutlined,
  ShareAltOutlined,
  SyncOutlined,
  TeamOutlined,
  UserOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';
import { useSession } from './session';

export interface NavItem {
  id: string;
  to: string;
  icon: ComponentType;
  group: 'daily' | 'alliance' | 'self';
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
  mine,
  { id: 'overview', to: '/overview', icon: PieChartOutlined, group: 'alliance', tab: false },
  { id: 'members', to: '/members', icon: ApartmentOutlined, group: 'alliance', tab: false },
  { id: 'meetings', to: '/meetings', icon: TeamOutlined, group: 'alliance', tab: false },
  { id: 'rotation', to: '/rotation', icon: SyncOutlined, group: 'alliance', tab: false },
  { id: 'charter', to: '/charter', icon: BookOutlined, group: 'alliance', tab: false },
  { id: 'facilities', to: '/facilities', icon: ShareAltOutlined, group: 'alliance', tab: false },
];

export function useNav(): NavItem[] {
  const { scope } = useSession();
  return scope ? working : [workbench, settings];
}
