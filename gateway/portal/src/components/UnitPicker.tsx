// Several units out of all: folded, those that are chosen; unfolded, a list to tick with a field that
// narrows it.
import { Checkbox, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUnits } from '@/components/members/useUnits';
import { Member_State } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import './unitPicker.css';

interface Props {
  label: string;
  // Given by the form.
  value?: string[];
  onChange?: (members: string[]) => void;
}

export function UnitPicker({ label, value = [], onChange }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const units = useUnits();
  const wanted = text.trim().toLowerCase();
  const chosen = new Set(value);
  const shown = units.filter(
    (unit) =>
      chosen.has(unit.name) ||
      (unit.state === Member_State.ACTIVE && unit.displayName.toLowerCase().includes(wanted)),
  );
  const tick = (name: string, on: boolean) =>
    onChange?.(on ? [...value, name] : value.filter((one) => one !== name));
  const names = units.filter((unit) => chosen.has(unit.name)).map((unit) => unit.displayName);
  return (
    <details aria-label={label} className="folded unit-picker">
      <summary data-testid="unit-picker">
        {value.length > 0
          ? t('lending.unit.chosen', { n: value.length, who: names.join(t('list.comma')) })
          : t('lending.unit.choose')}
      </summary>
      <Input
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder={t('lending.unit.find')}
        aria-label={t('lending.unit.find')}
        autoComplete="off"
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key */}
      <ul className="unit-picker-list" tabIndex={0} aria-label={label}>
        {shown.map((unit) => (
          <li key={unit.name}>
            <Checkbox
              checked={chosen.has(unit.name)}
              onChange={(event) => tick(unit.name, event.target.checked)}
            >
              {unit.displayName}
            </Checkbox>
          </li>
        ))}
      </ul>
    </details>
  );
}
