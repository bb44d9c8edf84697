// A filter with many values as a list: its state is the address.
import { useId } from 'react';
import { useSearchParams } from 'react-router';
import { NativeSelect } from './NativeSelect';

interface Props {
  label: string;
  param: string;
  // The first, with the value '', is what stands when nothing is chosen.
  options: { value: string; label: string }[];
}

export function FilterSelect({ label, param, options }: Props) {
  const id = useId();
  const [params, setParams] = useSearchParams();
  const choose = (value: string) => {
    const next = new URLSearchParams(params);
    // A page belongs to its filters.
    next.delete('page');
    if (value) next.set(param, value);
    else next.delete(param);
    setParams(next);
  };
  return (
    <div className="filter-select">
      <label htmlFor={id}>{label}</label>
      <NativeSelect
        id={id}
        choices={options}
        value={params.get(param) ?? ''}
        onChange={(event) => choose(event.target.value)}
        data-testid={`filter-${param}`}
      />
    </div>
  );
}
