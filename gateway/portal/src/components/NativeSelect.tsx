// The platform's own select: light, right on every phone, and readable by
// every screen reader. It takes the look of the other inputs.
import type { SelectHTMLAttributes } from 'react';

export interface Choice {
  value: string | number;
  label: string;
}

interface Props extends SelectHTMLAttributes<HTMLSelectElement> {
  choices: readonly Choice[];
}

export function NativeSelect({ choices, className = '', ...rest }: Props) {
  return (
    <select {...rest} className={`select ${className}`}>
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}
