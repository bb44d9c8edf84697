// The day in the address, from today to as far ahead as any window can be booked. One
// that is not among them gives way to the nearest that is: the address is put right, or
// a copied link misleads, and it is said.
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useToast } from '@/components/Toast';
import { addDays, isDay } from '@/lib/time';

const HORIZON = 365; // days, the most that a window may have

export function useAskedDay(today: string): string {
  const { t } = useTranslation();
  const toast = useToast();
  const [params, setParams] = useSearchParams();
  const asked = params.get('day');
  const day = nearest(asked, today, addDays(today, HORIZON));
  const wrong = asked !== null && asked !== day;

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for what was asked
  useEffect(() => {
    if (!wrong) return;
    const text = isDay(asked) ? 'booking.dayMoved' : 'booking.dayUnread';
    toast({ text: t(text, { asked, day }), tone: 'bad' });
    const next = new URLSearchParams(params);
    if (day === today) next.delete('day');
    else next.set('day', day);
    setParams(next, { replace: true });
  }, [wrong, asked]);
  return day;
}

export function nearest(asked: string | null, first: string, last: string): string {
  if (!isDay(asked) || asked < first) return first;
  return asked > last ? last : asked;
}
