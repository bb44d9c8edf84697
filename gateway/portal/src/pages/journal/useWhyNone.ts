// Why a list of the journal is empty: what was asked for, in words.
import { useTranslation } from 'react-i18next';
import { longDay } from '@/lib/time';
import { narrowing, type Selection } from './useSelection';
import { actionOf } from './words';

export function useWhyNone({ number, chosen, reversed }: Selection): string {
  const { t, i18n } = useTranslation();
  if (number) return t('journal.noNumber', { number });
  if (reversed) return t('journal.reversed');
  const conditions = narrowing.flatMap((name) => {
    const value = chosen[name];
    if (!value) return [];
    if (name === 'method') return t('journal.asked.method', { value: actionOf(t, value) });
    if (name === 'from' || name === 'to') {
      return t(`journal.asked.${name}`, { value: longDay(value, i18n.language) });
    }
    return t(`journal.asked.${name}`, { value });
  });
  if (conditions.length === 0) return t('journal.none');
  return t('journal.noneFound', { what: conditions.join(t('journal.asked.and')) });
}
