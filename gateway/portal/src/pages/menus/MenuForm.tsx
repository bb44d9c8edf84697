// The dishes of one menu, each with its kind and what some must not eat.
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActOf } from '@/api/useAct';
import { allergens, dishKinds } from '@/components/menus/words';
import { NativeSelect } from '@/components/NativeSelect';
import { Problem } from '@/components/Problem';
import { FacilityService } from '@/gen/jinhuan/resource/v1/facility_service_pb';
import { type Allergen, DishKind, type Menu } from '@/gen/jinhuan/resource/v1/menu_pb';
import { idOf } from '@/lib/names';
import '@/components/menus/menus.css';

interface DishValues {
  // Tells rows apart while they are moved about.
  key: number;
  displayName: string;
  kind: DishKind;
  allergens: Allergen[];
}

let last = 0;
const fresh = (): DishValues => ({
  key: ++last,
  displayName: '',
  kind: DishKind.MEAT,
  allergens: [],
});

function valuesOf(menu: Menu | undefined): DishValues[] {
  const dishes = (menu?.dishes ?? []).map(({ displayName, kind, allergens: has }) => ({
    key: ++last,
    displayName,
    kind,
    allergens: [...has],
  }));
  return dishes.length > 0 ? dishes : [fresh()];
}

interface Props {
  name: string;
  menu: Menu | undefined;
  earlier: Menu | undefined;
}

export function MenuForm({ name, menu, earlier }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [dishes, setDishes] = useState(() => valuesOf(menu));
  const [note, setNote] = useState(menu?.note ?? '');
  const [etag, setEtag] = useState(menu?.etag ?? '');
  const save = useActOf(FacilityService.method.setMenu, [FacilityService], () => t('menus.saved'));
  const change = (key: number, edit: Partial<DishValues>) =>
    setDishes(dishes.map((one) => (one.key === key ? { ...one, ...edit } : one)));
  const submit = (event: { preventDefault(): void }) => {
    event.preventDefault();
    const said = dishes
      .map(({ displayName, kind, allergens: has }) => ({
        displayName: displayName.trim(),
        kind,
        allergens: has,
      }))
      .filter((one) => one.displayName);
    save.send({ menu: { name, dishes: said, note: note.trim(), etag } }, (made) =>
      setEtag(made.etag),
    );
  };
  return (
    <form className="panel" onSubmit={submit} noValidate data-testid="menu-form">
      {earlier && (
        <p>
          <Button
            onClick={() => {
              setDishes(valuesOf(earlier));
              setNote(earlier.note);
            }}
            data-testid="menu-copy"
          >
            {t('menus.copy', { day: idOf(earlier.name) })}
          </Button>
        </p>
      )}
      {dishes.map((dish, i) => (
        <DishRow
          key={dish.key}
          dish={dish}
          number={i + 1}
          onChange={(edit) => change(dish.key, edit)}
          onRemove={() => setDishes(dishes.filter((one) => one.key !== dish.key))}
        />
      ))}
      <p>
        <Button
          onClick={() => setDishes([...dishes, fresh()])}
          disabled={dishes.length >= 40}
          data-testid="dish-add"
        >
          {t('menus.add')}
        </Button>
      </p>
      <div className="field">
        <label htmlFor={`${id}-note`}>{t('menus.note')}</label>
        <Input
          id={`${id}-note`}
          value={note}
          maxLength={200}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
      <Problem error={save.error} />
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={save.isPending} data-testid="menu-save">
          {t('action.save')}
        </Button>
      </div>
    </form>
  );
}

interface RowProps {
  dish: DishValues;
  number: number;
  onChange: (edit: Partial<DishValues>) => void;
  onRemove: () => void;
}

function DishRow({ dish, number, onChange, onRemove }: RowProps) {
  const { t } = useTranslation();
  const contains = dish.allergens.map((one) => t(`menus.allergen.${one}`)).join(t('list.comma'));
  return (
    <div className="dish-row" role="group" aria-label={t('menus.dishNumber', { n: number })}>
      <Input
        value={dish.displayName}
        maxLength={30}
        aria-label={t('menus.dishNumber', { n: number })}
        placeholder={t('menus.dishHint')}
        onChange={(event) => onChange({ displayName: event.target.value })}
        data-testid="dish-name"
      />
      <NativeSelect
        aria-label={t('menus.kindLabel')}
        value={dish.kind}
        onChange={(event) => onChange({ kind: Number(event.target.value) })}
        choices={dishKinds.map((value) => ({ value, label: t(`menus.kind.${value}`) }))}
      />
      <Button onClick={onRemove} aria-label={t('menus.remove', { n: number })}>
        {t('menus.removeShort')}
      </Button>
      <details>
        <summary>
          {contains ? t('menus.contains', { what: contains }) : t('menus.allergens')}
        </summary>
        <div className="allergens">
          {allergens.map((one) => (
            <label key={one}>
              <input
                type="checkbox"
                checked={dish.allergens.includes(one)}
                onChange={(event) =>
                  onChange({
                    allergens: event.target.checked
                      ? [...dish.allergens, one]
                      : dish.allergens.filter((other) => other !== one),
                  })
                }
              />
              {t(`menus.allergen.${one}`)}
            </label>
          ))}
        </div>
      </details>
    </div>
  );
}
