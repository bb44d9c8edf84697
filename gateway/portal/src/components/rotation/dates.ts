// Days of terms.
import { dayOf, instant } from '@/lib/time';

// "2027年1月1日 – 6月30日": an end is exclusive, people name the last day.
export function period(start: number, end: number, zone: string, language: string): string {
  const last = Math.max(start, end - 1);
  if (!language.startsWith('zh')) return formatOf(zone, language, true).formatRange(start, last);
  const sameYear = dayOf(start, zone).slice(0, 4) === dayOf(last, zone).slice(0, 4);
  const until = formatOf(zone, language, !sameYear).format(last);
  return `${formatOf(zone, language, true).format(start)} – ${until}`;
}

function formatOf(zone: string, language: string, year: boolean): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(language, {
    timeZone: zone,
    year: year ? 'numeric' : undefined,
    month: language === 'en' ? 'short' : 'long',
    day: 'numeric',
  });
}

// The months of a term where its year stands elsewhere: "1月–6月".
export function months(start: number, end: number, zone: string, language: string): string {
  const format = new Intl.DateTimeFormat(language, { timeZone: zone, month: 'short' });
  const [first, last] = [format.format(start), format.format(end - 1)];
  return first === last ? first : `${first}–${last}`;
}

export function fullDate(at: number, zone: string, language: string): string {
  return formatOf(zone, language, true).format(at);
}

export function shortDate(at: number, zone: string, language: string): string {
  return formatOf(zone, language, false).format(at);
}

// The years between which `from` and `to` lie, with their first instants.
export function firstOfYears(from: number, to: number, zone: string) {
  const first = Number(dayOf(from, zone).slice(0, 4));
  const last = Number(dayOf(to - 1, zone).slice(0, 4));
  return Array.from({ length: last - first + 1 }, (_, i) => ({
    year: first + i,
    start: instant(`${first + i}-01-01`, 0, zone),
  }));
}
