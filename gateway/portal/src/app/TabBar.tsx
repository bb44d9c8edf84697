// The navigation of a phone: the daily pages, and a sheet with the rest.
import { MenuOutlined } from '@ant-design/icons';
import { Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useLocation } from 'react-router';
import { useNav } from './nav';
import { ScopeSwitch } from './ScopeSwitch';
import { useSignOut } from './useSignOut';

export function TabBar() {
  const { t } = useTranslation();
  const items = useNav();
  const signOut = useSignOut();
  const { pathname } = useLocation();
  const [openAt, setOpenAt] = useState<string | null>(null);
  const tabs = items.filter((item) => item.tab);
  const rest = items.filter((item) => !item.tab);
  const inRest = rest.some((item) => pathname.startsWith(item.to));
  // Going anywhere closes the sheet.
  const open = openAt === pathname;
  return (
    <>
      <nav className="tabs" aria-label={t('nav.main')}>
        {tabs.map(({ id, to, icon: Icon }) => (
          <NavLink key={id} to={to} className="tab" data-testid={`nav-${id}`}>
            <Icon aria-hidden />
            <span>{t(`nav.short.${id}`)}</span>
          </NavLink>
        ))}
        <button
          type="button"
          className={inRest ? 'tab active' : 'tab'}
          aria-expanded={open}
          onClick={() => setOpenAt(open ? null : pathname)}
          data-testid="nav-more"
        >
          <MenuOutlined aria-hidden />
          <span>{t('nav.short.more')}</span>
        </button>
      </nav>
      <Drawer
        open={open}
        onClose={() => setOpenAt(null)}
        placement="bottom"
        size="auto"
        title={t('nav.short.more')}
      >
        <ScopeSwitch />
        <ul className="more-list">
          {rest.map(({ id, to, icon: Icon }) => (
            <li key={id}>
              <NavLink
                to={to}
                className="side-item"
                onClick={() => setOpenAt(null)}
                data-testid={`nav-${id}`}
              >
                <Icon aria-hidden />
                {t(`nav.${id}`)}
              </NavLink>
            </li>
          ))}
          <li>
            <button type="button" className="side-item" onClick={signOut} data-testid="sign-out">
              {t('nav.signOut')}
            </button>
          </li>
        </ul>
      </Drawer>
    </>
  );
}
