// The rules of the alliance in words: the version in force, or another by its number.
import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Facts } from '@/components/Facts';
import { Failure } from '@/components/Failure';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import type { Charter } from '@/gen/jinhuan/alliance/v1/charter_pb';
import { CharterService } from '@/gen/jinhuan/alliance/v1/charter_service_pb';
import { dateText } from '@/lib/date';
import { dayOf, longDate, ms } from '@/lib/time';
import { Difference } from './Difference';
import { HolidayList } from './HolidayList';
import { sectionsOf } from './rules';
import { VersionList } from './VersionList';
import { VersionTag } from './VersionTag';
import './charter.css';

export default function CharterPage() {
  const { t } = useTranslation();
  const { version } = useParams();
  const { alliance, isStreet } = useWork();
  const { zone } = useAlliance();
  const inForce = useQuery(CharterService.method.getCharter, { name: `${alliance}/charters/-` });
  const asked = useQuery(
    CharterService.method.getCharter,
    { name: `${alliance}/charters/${version}` },
    { enabled: !!version },
  );
  const query = version ? asked : inForce;
  const today = dayOf(Date.now(), zone);

  if (query.isPending) return <PageSkeleton lines={14} />;
  if (query.error) {
    return (
      <>
        <PageHead title={t('nav.charter')} back={{ to: '/charter', label: t('nav.charter') }} />
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      </>
    );
  }
  const charter = query.data;
  return (
    <>
      <PageHead
        title={t('charter.title', { version: charter.version })}
        back={version ? { to: '/charter', label: t('charter.current') } : undefined}
        sub={<VersionTag charter={charter} today={today} />}
      >
        <button type="button" className="button-link" onClick={() => window.print()}>
          {t('action.print')}
        </button>
        {isStreet && (
          <Link to="/charter/adopt" className="button-link button-primary" data-testid="adopt">
            {t('charter.adopt')}
          </Link>
        )}
      </PageHead>
      <div className="bench">
        <div>
          {!charter.inForce && inForce.data && <Against charter={charter} inForce={inForce.data} />}
          <Rules charter={charter} />
          <HolidayList table={charter.holidays} today={today} />
        </div>
        <div>
          <Adoption charter={charter} />
          <VersionList shown={charter.version} today={today} />
        </div>
      </div>
    </>
  );
}

// What a version to come changes of the one in force, or what that changed of an old one: what
// is struck through is always the older.
function Against({ charter, inForce }: { charter: Charter; inForce: Charter }) {
  const { t } = useTranslation();
  const { version } = inForce;
  return charter.version > version ? (
    <Panel title={t('charter.against', { version })}>
      <Difference before={inForce} after={charter} />
    </Panel>
  ) : (
    <Panel title={t('charter.since', { version })}>
      <Difference before={charter} after={inForce} />
    </Panel>
  );
}

function Rules({ charter }: { charter: Charter }) {
  const { t } = useTranslation();
  return (
    <>
      {sectionsOf(charter, t)
        .filter(({ key }) => key !== 'holidays')
        .map(({ key, lines }) => (
          <Facts
            key={key}
            title={t(`charter.section.${key}`)}
            facts={lines.filter(({ none }) => !none).map(({ label, text }) => [label, text])}
          >
            {key === 'quotas' && <p className="muted">{t('charter.quotas.others')}</p>}
          </Facts>
        ))}
    </>
  );
}

function Adoption({ charter }: { charter: Charter }) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  const adopted = ms(charter.adoptTime);
  return (
    <Facts
      title={t('charter.adoption')}
      facts={[
        [t('charter.decision'), charter.decision],
        [
          t('charter.effective'),
          charter.version === 1
            ? t('charter.fromTheBeginning')
            : dateText(charter.effectiveDate, i18n.language),
        ],
        [t('charter.adopted'), adopted ? longDate(adopted, zone, i18n.language) : ''],
        [t('charter.summary'), charter.summary],
      ]}
    />
  );
}
