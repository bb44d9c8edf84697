// A filter with many values as a list: its state is the address.
import { useId } from 'react';
import { useFilters } from './filters';
import { NativeSelect } from './NativeSelect';

interface Props {
  label: string;
  param: string;
  // The first, with the value '', is what stands when nothing is chosen.
  options: { value: string; label: string }[];
}

export function FilterSelect({ label, param, options }: Props) {
  const id = useId();
  const { params, choose } = useFilters();
  return (
    <div className="filter-select">
      <label htmlFor={id}>{label}</label>
      <NativeSelect
        id={id}
        choices={options}
        value={params.get(param) ?? ''}
        onChange={(event) => choose(param, event.target.value)}
        data-testid={`filter-${param}`}
      />
    </div>
  );
}
