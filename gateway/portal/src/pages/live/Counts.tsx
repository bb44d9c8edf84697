// Who is there, four ways, and whether that makes a quorum for the item.
import { useTranslation } from 'react-i18next';
import { Panel } from '@/components/Panel';
import type { Meeting } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import type { MajorityMeter } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';

export function Counts({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation();
  const counts = [
    ['due', meeting.invitedCount],
    ['present', meeting.presentCount],
    ['leave', meeting.leaveCount],
    ['observer', meeting.observerCount],
  ] as const;
  return (
    <Panel title={t('session.attendance')}>
      <dl className="turnout turnout-four" aria-live="polite">
        {counts.map(([name, n]) => (
          <div key={name}>
            <dt>{t(`session.${name}`)}</dt>
            <dd data-testid={`count-${name}`}>{n}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

export function Meter({ meter }: { meter: MajorityMeter | undefined }) {
  const { t } = useTranslation();
  if (!meter) {
    return (
      <Panel title={t('session.meter')}>
        <p className="muted">{t('session.meterNone')}</p>
      </Panel>
    );
  }
  const { entitledCount: all, presentCount: present, quorumCount: need, quorate } = meter;
  const said = t('session.quorum', { need, present, entitled: all });
  const proxies = meter.proxyCount > 0 && t('session.proxies', { n: meter.proxyCount });
  const share = (n: number) => (all > 0 ? (100 * n) / all : 0);
  return (
    <Panel
      title={t('session.meter')}
      extra={
        <span
          className={`tag ${quorate ? 'tag-confirmed' : 'tag-applied'}`}
          data-testid="quorum"
          data-quorate={quorate}
        >
          {quorate ? t('session.quorate') : t('session.notQuorate', { n: need - present })}
        </span>
      }
    >
      <svg className="meter" viewBox="0 0 100 4" preserveAspectRatio="none" role="img">
        <title>{said}</title>
        <rect className="meter-all" width="100" height="4" />
        <rect
          className={quorate ? 'meter-attending' : 'meter-answered'}
          width={share(present)}
          height="4"
        />
        <rect className="meter-quorum" x={Math.min(share(need), 99)} width="1" height="4" />
      </svg>
      <p>{[t(`charter.kind.${meter.kind}`), said, proxies].filter(Boolean).join(' · ')}</p>
      <p className="muted" data-testid="majority">
        {t('session.majority', {
          n: meter.majorityCount,
          present: meter.presentVotes,
          entitled: meter.entitledVotes,
          base: t(`ballots.base.${meter.majorityBase}`),
        })}
      </p>
    </Panel>
  );
}
