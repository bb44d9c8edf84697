// What quorum a meeting had when it was opened and when it was closed, as it was kept then.
import { useTranslation } from 'react-i18next';
import { useAlliance } from '@/api/useAlliance';
import { Panel } from '@/components/Panel';
import type { Meeting } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import type { Quorum } from '@/gen/jinhuan/meeting/v1/quorum_pb';
import { dateTime, ms } from '@/lib/time';

export function QuorumEvidence({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation();
  const { openQuorum, closeQuorum } = meeting;
  if (!openQuorum) return null;
  return (
    <Panel title={t('session.quorumKept')}>
      <Kept when={t('session.atOpen')} quorum={openQuorum} id="open" />
      {closeQuorum && <Kept when={t('session.atClose')} quorum={closeQuorum} id="close" />}
    </Panel>
  );
}

function Kept({ when, quorum, id }: { when: string; quorum: Quorum; id: string }) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  const { met, rule, neededCount, presentCount, proxyCount, droppedCount } = quorum;
  return (
    <div className="field" data-testid={`quorum-${id}`} data-met={met}>
      <p>
        <b>{when}</b>{' '}
        <span className={`tag ${met ? 'tag-confirmed' : 'tag-applied'}`}>
          {met
            ? t('session.quorate')
            : t('session.notQuorate', { count: neededCount - presentCount })}
        </span>
      </p>
      <p>
        {[
          t('session.counted', {
            entitled: quorum.entitledCount,
            present: presentCount,
            leave: quorum.leaveCount,
            observers: quorum.observerCount,
          }),
          proxyCount > 0 && t('session.proxies', { n: proxyCount }),
          droppedCount > 0 && t('session.dropped', { count: droppedCount }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <p className="muted">
        {t('session.quorumRule', {
          version: quorum.charterVersion,
          ratio: `${rule?.numerator}/${rule?.denominator}`,
          count: neededCount,
        })}
        {' · '}
        {dateTime(ms(quorum.time), zone, i18n.language)}
      </p>
    </div>
  );
}
