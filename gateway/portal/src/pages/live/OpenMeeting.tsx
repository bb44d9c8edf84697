// Opens the meeting: at its time and with a quorum by one click; else it says first what goes into
// the record, as that can't be taken back.
import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { useActOf } from '@/api/useAct';
import { useAlliance } from '@/api/useAlliance';
import { AskButton } from '@/components/AskButton';
import { admitsFrom } from '@/components/meetings/times';
import type { Meeting } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { MeetingService } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';
import type { Quorum } from '@/gen/jinhuan/meeting/v1/quorum_pb';
import { clock, dateTime, ms } from '@/lib/time';
import { useReached } from '@/lib/useReached';
import { everyAttendance } from './Attendances';

interface Props {
  meeting: Meeting;
  // As it stands now.
  quorum: Quorum | undefined;
}

export function OpenMeeting({ meeting, quorum }: Props) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  const from = admitsFrom(meeting);
  const admits = useReached(from);
  const due = useReached(ms(meeting.startTime));
  const open = useActOf(MeetingService.method.openMeeting, [MeetingService], () =>
    t('session.opened'),
  );
  return (
    <>
      {!admits && (
        <span id="opens-from" className="muted" data-testid="opens-from">
          {t('session.openFrom', { time: dateTime(from, zone, i18n.language) })}
        </span>
      )}
      <AskButton
        label={t('session.open')}
        title={t('session.openAsk')}
        asks={!due || quorum?.met === false}
        barredBy={admits ? undefined : 'opens-from'}
        act={open}
        go={(done) => open.send({ name: meeting.name }, done)}
        testId="meeting-open"
      >
        {!due && (
          <p data-testid="open-early">
            {t('session.openEarly', {
              now: clock(Date.now(), zone),
              start: dateTime(ms(meeting.startTime), zone, i18n.language),
            })}
          </p>
        )}
        {quorum && <WhoIsThere meeting={meeting} quorum={quorum} />}
        <p className="muted">{t('session.openNote')}</p>
      </AskButton>
    </>
  );
}

function WhoIsThere({ meeting, quorum }: { meeting: Meeting; quorum: Quorum }) {
  const { t } = useTranslation();
  const { met, neededCount, presentCount } = quorum;
  const query = useQuery(MeetingService.method.listAttendances, everyAttendance(meeting.name));
  const here = (query.data?.attendances ?? []).filter((one) => one.present);
  return (
    <>
      <p data-testid="open-present">
        {t('session.counted', {
          entitled: quorum.entitledCount,
          present: presentCount,
          leave: quorum.leaveCount,
          observers: quorum.observerCount,
        })}
        {' · '}
        {met
          ? t('session.quorate')
          : t('session.notQuorate', { count: neededCount - presentCount })}
      </p>
      <p className="muted">
        {here.length > 0
          ? t('session.areHere', {
              who: here.map((one) => one.displayName).join(t('list.comma')),
            })
          : t('session.cameNone')}
      </p>
      {!met && <p className="muted">{t('session.openShort')}</p>}
    </>
  );
}
