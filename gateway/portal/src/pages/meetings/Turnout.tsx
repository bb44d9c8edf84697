import { useTranslation } from 'react-i18next';
import { Panel } from '@/components/Panel';
import { type Meeting, Meeting_State } from '@/gen/jinhuan/meeting/v1/meeting_pb';

// How many are due, have answered, will come; of one that was opened how many came.
export function Turnout({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation();
  const { invitedCount, answeredCount, attendingCount } = meeting;
  const { state, closeQuorum, presentCount, leaveCount } = meeting;
  // Once it is open who came counts, not who would; and as it was when it was closed.
  if (state === Meeting_State.OPEN || state === Meeting_State.CLOSED) {
    const came = closeQuorum?.presentCount ?? presentCount;
    return (
      <Panel title={t('meetings.turnout')}>
        <dl className="turnout">
          <Tally label={t('session.due')} n={closeQuorum?.entitledCount ?? invitedCount} />
          <Tally label={t('session.present')} n={came} />
          <Tally label={t('session.leave')} n={closeQuorum?.leaveCount ?? leaveCount} />
        </dl>
      </Panel>
    );
  }
  const said = t('meetings.turnoutSaid', {
    invited: invitedCount,
    answered: answeredCount,
    attending: attendingCount,
  });
  return (
    <Panel title={t('meetings.turnout')}>
      <dl className="turnout">
        <Tally label={t('meetings.invited')} n={invitedCount} />
        <Tally label={t('meetings.answeredCount')} n={answeredCount} />
        <Tally label={t('meetings.attending')} n={attendingCount} />
      </dl>
      <svg className="meter" viewBox="0 0 100 4" preserveAspectRatio="none" role="img">
        <title>{said}</title>
        <rect className="meter-all" width="100" height="4" />
        <rect className="meter-answered" width={share(answeredCount, invitedCount)} height="4" />
        <rect className="meter-attending" width={share(attendingCount, invitedCount)} height="4" />
      </svg>
    </Panel>
  );
}

function Tally({ label, n }: { label: string; n: number }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{n}</dd>
    </div>
  );
}

function share(part: number, whole: number): number {
  return whole > 0 ? (100 * part) / whole : 0;
}
