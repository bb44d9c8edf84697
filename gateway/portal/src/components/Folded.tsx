// On a phone, filters that few need stand behind a line; elsewhere they just stand.
import { type ReactNode, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useIsPhone } from '@/lib/media';

interface Props {
  label: string;
  // Unfolded from the start when the address has one of these.
  params: readonly string[];
  children: ReactNode;
}

export function Folded({ label, params: names, children }: Props) {
  const phone = useIsPhone();
  const [params] = useSearchParams();
  const [open, setOpen] = useState(() => names.some((name) => params.has(name)));
  if (!phone) return children;
  return (
    <details className="folded" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{label}</summary>
      <div className="folded-inside">{children}</div>
    </details>
  );
}
