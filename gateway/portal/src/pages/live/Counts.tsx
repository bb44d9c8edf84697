// Who is there, four ways, and whether that makes a quorum for the item.
import { useTranslation } from 'react-i18next';
import { Panel } from '@/components/Panel';
import type { Meeting } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import type { WatchMeetingResponse } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';

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

// How it stands for the item that is decided, or, before and between such items, for the meeting.
function standOf({ meter, quorum }: WatchMeetingResponse) {
  if (meter) {
    const { entitledCount, presentCount, quorumCount, quorate, proxyCount } = meter;
    return { all: entitledCount, present: presentCount, need: quorumCount, quorate, proxyCount };
  }
  if (!quorum) return undefined;
  const { entitledCount, presentCount, neededCount, met, proxyCount } = quorum;
  return { all: entitledCount, present: presentCount, need: neededCount, quorate: met, proxyCount };
}

export function Meter({ now }: { now: WatchMeetingResponse }) {
  const { t } = useTranslation();
  const stand = standOf(now);
  const { meter } = now;
  if (!stand) {
    return (
      <Panel title={t('session.meter')}>
        <p className="muted">{t('session.meterNone')}</p>
      </Panel>
    );
  }
  const { all, present, need, quorate, proxyCount } = stand;
  const said = t('session.quorum', { need, present, entitled: all });
  const proxies = proxyCount > 0 && t('session.proxies', { n: proxyCount });
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
          {quorate ? t('session.quorate') : t('session.notQuorate', { count: need - present })}
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
      <p>{[meter && t(`charter.kind.${meter.kind}`), said, proxies].filter(Boolean).join(' · ')}</p>
      {meter ? (
        <p className="muted" data-testid="majority">
          {t('session.majority', {
            n: meter.majorityCount,
            present: meter.presentVotes,
            entitled: meter.entitledVotes,
            base: t(`ballots.base.${meter.majorityBase}`),
          })}
        </p>
      ) : (
        <p className="muted">{t(quorate ? 'session.meterNone' : 'session.openShort')}</p>
      )}
    </Panel>
  );
}
