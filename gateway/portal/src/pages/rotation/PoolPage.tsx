// Who may chair, in the order of the rules, and the lottery for anyone to check.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { fullDate } from '@/components/rotation/dates';
import { inTerms } from '@/components/rotation/model';
import { SectorMark } from '@/components/rotation/SectorMark';
import { useActingChair } from '@/components/rotation/useActingChair';
import { useRotation } from '@/components/rotation/useRotation';
import { type Units, useUnits } from '@/components/rotation/useUnits';
import type { PoolEntry } from '@/gen/jinhuan/alliance/v1/rotation_pb';
import { useIsPhone } from '@/lib/media';
import { idOf } from '@/lib/names';
import { ms } from '@/lib/time';
import { RotationTabs } from './RotationTabs';
import { Seeds } from './Seeds';
import './rotation.css';

export default function PoolPage() {
  const { t } = useTranslation();
  const { zone } = useAlliance();
  const phone = useIsPhone();
  const units = useUnits();
  const query = useRotation();
  const { chair } = useActingChair();
  const pool = query.data?.pool ?? [];
  return (
    <>
      <PageHead title={t('rotation.pool.title')} sub={t('rotation.pool.sub')} />
      <RotationTabs />
      {query.isPending ? (
        <PageSkeleton lines={12} />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : (
        <>
          {pool.length === 0 ? (
            <div className="panel">
              <Empty
                why={t('rotation.pool.none')}
                action={<Link to="/members">{t('rotation.pool.toMembers')}</Link>}
              />
            </div>
          ) : phone ? (
            <ol className="term-cards">
              {pool.map((one, i) => (
                <li key={one.member} className="term-card pool-card">
                  <span className="term-card-top">
                    <b>{i + 1}</b>
                    <Standing one={one} />
                  </span>
                  <UnitLink one={one} units={units} />
                  <span className="muted">
                    {t('rotation.credit', { n: inTerms(one.creditMicros) })}
                    {' · '}
                    <LastChair one={one} acting={one.member === chair?.member} zone={zone} />
                  </span>
                </li>
              ))}
            </ol>
          ) : (
            <div className="panel table-panel">
              <table className="table">
                <caption className="sr-only">{t('rotation.pool.title')}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t('rotation.pool.order')}</th>
                    <th scope="col">{t('rotation.pool.unit')}</th>
                    <th scope="col" className="num">
                      {t('rotation.pool.credit')}
                    </th>
                    <th scope="col">{t('rotation.pool.last')}</th>
                    <th scope="col">{t('rotation.pool.standing')}</th>
                  </tr>
                </thead>
                <tbody>
                  {pool.map((one, i) => (
                    <tr key={one.member} data-testid="pool-row">
                      <td>{i + 1}</td>
                      <th scope="row">
                        <UnitLink one={one} units={units} />
                      </th>
                      <td className="num">{inTerms(one.creditMicros)}</td>
                      <td>
                        <LastChair one={one} acting={one.member === chair?.member} zone={zone} />
                      </td>
                      <td>
                        <Standing one={one} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
          <Seeds rotation={query.data} units={units} zone={zone} />
        </>
      )}
    </>
  );
}

function UnitLink({ one, units }: { one: PoolEntry; units: Units }) {
  const { member, isLiaison } = useWork();
  const own = isLiaison && member === one.member;
  return (
    <span className="term-card-name">
      <SectorMark sector={units.sectorOf(one.member)} />
      <Link to={own ? '/rotation/mine' : `/rotation/units/${idOf(one.member)}`}>
        {one.memberDisplayName}
      </Link>
    </span>
  );
}

function Standing({ one }: { one: PoolEntry }) {
  const { t } = useTranslation();
  return (
    <span className="standing">
      {one.eligible ? (
        <span className="tag tag-confirmed">{t('rotation.pool.eligible')}</span>
      ) : (
        <span className="tag tag-draft">{t('rotation.pool.notEligible')}</span>
      )}
      {one.turnTaken && <span className="tag">{t('rotation.pool.turnTaken')}</span>}
      {one.obstacle && <span className="muted">{one.obstacle}</span>}
    </span>
  );
}

function LastChair({ one, acting, zone }: { one: PoolEntry; acting: boolean; zone: string }) {
  const { t, i18n } = useTranslation();
  if (acting) return <span className="tag tag-confirmed">{t('rotation.pool.inChair')}</span>;
  return one.lastChairTime
    ? t('rotation.pool.lastOn', { date: fullDate(ms(one.lastChairTime) - 1, zone, i18n.language) })
    : t('rotation.pool.never');
}
