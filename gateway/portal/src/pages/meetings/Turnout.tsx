import { useTranslation } from 'react-i18next';
import { Panel } from '@/components/Panel';
import type { Meeting } from '@/gen/jinhuan/meeting/v1/meeting_pb';

// How many are due, have answered, will come.
export function Turnout({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation();
  const { invitedCount, answeredCount, attendingCount } = meeting;
  const said = t('meetings.turnoutSaid', {
    invited: invitedCount,
    answered: answeredCount,
    attending: attendingCount,
  });
  return (
    <Panel title={t('meetings.turnout')}>
      <dl className="turnout">
        <div>
          <dt>{t('meetings.invited')}</dt>
          <dd>{invitedCount}</dd>
        </div>
        <div>
          <dt>{t('meetings.answeredCount')}</dt>
          <dd>{answeredCount}</dd>
        </div>
        <div>
          <dt>{t('meetings.attending')}</dt>
          <dd>{attendingCount}</dd>
        </div>
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

function share(part: number, whole: number): number {
  return whole > 0 ? (100 * part) / whole : 0;
}
