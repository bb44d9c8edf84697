import { useTranslation } from 'react-i18next';
import type { Pass } from '@/gen/jinhuan/resource/v1/pass_pb';
import { instant, longDate } from '@/lib/time';

// From which day to which, in words.
export function usePassPeriod(zone: string) {
  const { i18n } = useTranslation();
  const text = (date: Pass['startDate']) => {
    const two = (n: number) => String(n).padStart(2, '0');
    const day = `${date?.year ?? 0}-${two(date?.month ?? 1)}-${two(date?.day ?? 1)}`;
    return longDate(instant(day, 720, zone), zone, i18n.language);
  };
  return (pass: Pass) => `${text(pass.startDate)} – ${text(pass.endDate)}`;
}
