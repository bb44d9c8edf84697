import { useTranslation } from 'react-i18next';
import type { Touched } from '@/gen/jinhuan/resource/v1/facility_pb';
import { longDate, ms } from '@/lib/time';

// Which bookings a change touches, in words.
export function TouchedText({ touched, zone }: { touched: Touched; zone: string }) {
  const { t, i18n } = useTranslation();
  const first = longDate(ms(touched.firstStartTime), zone, i18n.language);
  const last = longDate(ms(touched.lastStartTime), zone, i18n.language);
  return (
    <p className="problem" data-testid="touched" data-count={touched.count}>
      {t('facilities.touched.text', {
        count: touched.count,
        units: touched.units,
        when: first === last ? first : `${first} – ${last}`,
      })}
      {touched.passes.length > 0 &&
        ` ${t('passes.touched', {
          n: touched.passes.length,
          plates: touched.passes.map((one) => one.plate).join(t('list.comma')),
        })}`}
    </p>
  );
}
