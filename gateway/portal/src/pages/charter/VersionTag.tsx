import { useTranslation } from 'react-i18next';
import type { Charter } from '@/gen/jinhuan/alliance/v1/charter_pb';
import { isoDay } from '@/lib/date';

export function VersionTag({ charter, today }: { charter: Charter; today: string }) {
  const { t } = useTranslation();
  if (charter.inForce) return <span className="tag tag-confirmed">{t('charter.inForce')}</span>;
  const ahead = isoDay(charter.effectiveDate) > today;
  return (
    <span className={ahead ? 'tag tag-applied' : 'tag'}>
      {t(ahead ? 'charter.ahead' : 'charter.past')}
    </span>
  );
}
