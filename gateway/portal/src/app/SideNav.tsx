import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useNav } from './nav';

export function SideNav() {
  const { t } = useTranslation();
  const items = useNav();
  const groups = [...new Set(items.map((item) => item.group))];
  return (
    <nav className="side" aria-label={t('nav.main')}>
      {groups.map((group) => (
        <div key={group} className="side-group">
          <p className="side-title" id={`nav-group-${group}`}>
            {t(`nav.group.${group}`)}
          </p>
          <ul aria-labelledby={`nav-group-${group}`}>
            {items
              .filter((item) => item.group === group)
              .map(({ id, to, icon: Icon }) => (
                <li key={id}>
                  <NavLink to={to} className="side-item" data-testid={`nav-${id}`}>
                    <Icon aria-hidden />
                    {t(`nav.${id}`)}
                  </NavLink>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
