import { useMemo } from 'react';
import { useUnits } from '@/components/members/useUnits';
import { idOf } from '@/lib/names';

// What a member unit is called, by its resource name.
export function useUnitName(): (member: string) => string {
  const units = useUnits();
  const names = useMemo(() => new Map(units.map((one) => [one.name, one.displayName])), [units]);
  return (member) => names.get(member) ?? idOf(member);
}
