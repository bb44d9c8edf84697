import { useTranslation } from 'react-i18next';
import { clock, DEFAULT_ZONE, dayOf } from '@/lib/time';
import type { Leaf } from './leaves';

// One value, as a reader says it.
export function LeafText({ leaf }: { leaf: Leaf | undefined }) {
  const { t } = useTranslation();
  const name = (choice: string) => t(`journal.value.${choice}`, { defaultValue: choice });
  if (!leaf) return <span className="muted">{t('journal.nothing')}</span>;
  switch (leaf.kind) {
    case 'flag':
      return t(leaf.on ? 'journal.yes' : 'journal.no');
    case 'choice':
      return name(leaf.name);
    case 'choices':
      return leaf.names.map(name).join(t('list.comma'));
    case 'time':
      return exactTime(leaf.ms);
    case 'span':
      return t('journal.seconds', { n: leaf.seconds });
    case 'bytes':
      return t('journal.bytes', { count: leaf.length });
    default:
      return leaf.text;
  }
}

// To the second, as auditors compare it with other records.
export function exactTime(at: number): string {
  const seconds = String(Math.floor(at / 1000) % 60).padStart(2, '0');
  return `${dayOf(at, DEFAULT_ZONE)} ${clock(at, DEFAULT_ZONE)}:${seconds}`;
}
