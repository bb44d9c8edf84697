// The dishes of a menu, kind by kind, with what some must not eat.
import { useTranslation } from 'react-i18next';
import type { Menu } from '@/gen/jinhuan/resource/v1/menu_pb';
import { dishKinds } from './words';
import './menus.css';

export function MenuDishes({ menu }: { menu: Menu }) {
  const { t } = useTranslation();
  const kinds = dishKinds
    .map((kind) => ({ kind, dishes: menu.dishes.filter((dish) => dish.kind === kind) }))
    .filter(({ dishes }) => dishes.length > 0);
  return (
    <>
      <dl className="dishes" data-testid="menu">
        {kinds.map(({ kind, dishes }) => (
          <div key={kind}>
            <dt>{t(`menus.kind.${kind}`)}</dt>
            <dd>
              <ul>
                {dishes.map((dish) => (
                  <li key={dish.displayName}>
                    {dish.displayName}
                    {dish.allergens.length > 0 && (
                      <span className="muted dish-allergens">
                        {t('menus.contains', {
                          what: dish.allergens
                            .map((one) => t(`menus.allergen.${one}`))
                            .join(t('list.comma')),
                        })}
                      </span>
                    )}
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        ))}
      </dl>
      {menu.note && <p className="muted said">{menu.note}</p>}
    </>
  );
}
