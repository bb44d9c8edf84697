// Who is in the chair now, for how long yet, and the trio: the one before as
// adviser, the next as deputy.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { explain } from '@/api/errors';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { fullDate, period } from '@/components/rotation/dates';
import { standInAt } from '@/components/rotation/model';
import { SectorMark } from '@/components/rotation/SectorMark';
import { useActingChair } from '@/components/rotation/useActingChair';
import type { Units } from '@/components/rotation/useUnits';
import type { ChairTerm } from '@/gen/jinhuan/alliance/v1/rotation_pb';
import { idOf } from '@/lib/names';
import { DAY, ms } from '@/lib/time';
import { TermRing } from './TermRing';

interface Props {
  terms: readonly ChairTerm[];
  zone: string;
  units: Units;
}

export function NowChair({ terms, zone, units }: Props) {
  const { t, i18n } = useTranslation();
  const { isStreet } = useWork();
  const { chair, vacant, error, refetch } = useActingChair();
  if (error) return <Failure text={explain(error).text} retry={() => refetch()} />;
  if (vacant) {
    const first = terms.find((one) => ms(one.startTime) > Date.now());
    return (
      <section className="panel" aria-label={t('rotation.now.label')}>
        <Empty
          why={
            first
              ? t('rotation.now.first', {
                  name: first.memberDisplayName,
                  date: fullDate(ms(first.startTime), zone, i18n.language),
                })
              : t('rotation.now.vacant')
          }
          action={
            isStreet &&
            terms.length === 0 && <Link to="/rotation/plan">{t('rotation.plan.go')}</Link>
          }
        />
      </section>
    );
  }
  if (!chair) return <section className="panel now now-wait" aria-busy="true" />;

  const term = terms.find((one) => one.name === chair.term);
  const start = ms(term?.startTime ?? chair.startTime);
  const end = ms(term?.endTime ?? chair.endTime);
  const now = Date.now();
  const left = Math.max(0, Math.ceil((end - now) / DAY));
  const standIn = term && standInAt(term, now);
  return (
    <section className="panel now" aria-label={t('rotation.now.label')} data-testid="now">
      <TermRing share={(now - start) / (end - start)} days={left} />
      <div className="now-who">
        <p className="now-label">{t('rotation.now.label')}</p>
        <p className="now-name" data-testid="now-chair">
          <SectorMark sector={units.sectorOf(chair.member)} />
          <Link to={`/members/${idOf(chair.member)}`}>{chair.memberDisplayName}</Link>
        </p>
        {chair.standIn && (
          <p className="now-stand-in">
            <span className="tag tag-draft">{t('rotation.standInTag')}</span>{' '}
            {t('rotation.now.standsIn', {
              name: units.nameOf(chair.chair),
              date: fullDate(ms(chair.endTime) - 1, zone, i18n.language),
            })}
            {standIn?.reason && ` ${t('rotation.because', { why: standIn.reason })}`}
          </p>
        )}
        <p className="now-when">{period(start, end, zone, i18n.language)}</p>
      </div>
      <dl className="trio">
        <TrioPart part="adviser" name={chair.adviser} units={units} />
        <TrioPart part="deputy" name={chair.deputy} units={units} />
      </dl>
    </section>
  );
}

interface PartProps {
  part: 'adviser' | 'deputy';
  name: string;
  units: Units;
}

export function TrioPart({ part, name, units }: PartProps) {
  const { t } = useTranslation();
  return (
    <div className="trio-part" data-role={part}>
      <dt>{t(`rotation.trio.${part}`)}</dt>
      <dd>
        {name ? (
          <Link to={`/members/${idOf(name)}`}>{units.nameOf(name)}</Link>
        ) : (
          <span className="muted">{t(`rotation.trio.no.${part}`)}</span>
        )}
      </dd>
    </div>
  );
}
