import { useQuery } from '@connectrpc/connect-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Ballots } from '@/components/ballots/Ballots';
import { Proxies } from '@/components/ballots/Proxies';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { AnswerButtons } from '@/components/meetings/AnswerButtons';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { Resolutions } from '@/components/resolutions/Resolutions';
import { Answer, Meeting_State } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { MeetingService } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';
import { clockRange, longDate, ms } from '@/lib/time';
import { MinutesPanel } from '@/pages/minutes/MinutesPanel';
import { Agenda } from './Agenda';
import { Cancel } from './Cancel';
import { Convene } from './Convene';
import { Invitations } from './Invitations';
import { Turnout } from './Turnout';

export default function MeetingPage() {
  const { t, i18n } = useTranslation();
  const { id } = useParams();
  const { alliance, isLiaison, isStreet, isChair } = useWork();
  const runs = isStreet || isChair;
  const { zone } = useAlliance();
  const query = useQuery(
    MeetingService.method.getMeeting,
    { name: `${alliance}/meetings/${id}` },
    { refetchInterval: 30_000 },
  );
  const back = { to: '/meetings', label: t('nav.meetings') };

  if (query.isPending) return <PageSkeleton lines={10} />;
  if (!query.data) {
    return (
      <>
        <PageHead title={t('nav.meetings')} back={back} />
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      </>
    );
  }
  const meeting = query.data;
  const start = ms(meeting.startTime);
  const end = ms(meeting.endTime);
  const draft = meeting.state === Meeting_State.DRAFT;
  const begun = start <= Date.now();
  const own = meeting.ownInvitation;
  const editable = draft || meeting.state === Meeting_State.CONVENED;
  const cancelled = meeting.state === Meeting_State.CANCELLED;

  return (
    <>
      <PageHead
        title={meeting.title}
        back={back}
        sub={[longDate(start, zone, i18n.language), clockRange(start, end, zone), meeting.location]
          .filter(Boolean)
          .join(' · ')}
      >
        <Button onClick={() => window.print()}>{t('action.print')}</Button>
        {runs && editable && (
          <Link to="edit" className="button-link" data-testid="meeting-edit">
            {t('session.edit')}
          </Link>
        )}
        {runs && editable && <Cancel meeting={meeting} />}
        {runs && draft && !begun && <Convene meeting={meeting} />}
        {!draft && !cancelled && (
          <Link to="live" className="button-link button-primary" data-testid="meeting-live">
            {t('session.enter')}
          </Link>
        )}
      </PageHead>
      {draft && <p className="banner">{t('meetings.draftNote')}</p>}
      {cancelled && (
        <p className="banner">{t('session.cancelledWhy', { reason: meeting.cancelReason })}</p>
      )}
      {own && !draft && !cancelled && (
        <Panel title={t('meetings.yourAnswer')}>
          <p className="answer-now">
            <span
              className={
                own.answer === Answer.UNSPECIFIED ? 'tag tag-applied' : 'tag tag-confirmed'
              }
              data-testid="own-answer"
              data-answer={own.answer}
            >
              {t(`meetings.answer.${own.answer}`)}
            </span>
            {own.note && <span>{own.note}</span>}
            <span className="muted">{own.memberDisplayName}</span>
          </p>
          {begun || meeting.state !== Meeting_State.CONVENED ? (
            <p className="muted">{t('meetings.begun')}</p>
          ) : (
            isLiaison && <AnswerButtons meeting={meeting} />
          )}
        </Panel>
      )}
      <div className="halves">
        <Panel title={t('meetings.agenda')}>
          {meeting.agendaItems.length > 0 ? (
            <Agenda items={meeting.agendaItems} start={start} zone={zone} />
          ) : (
            <Empty why={t('meetings.agendaNone')} />
          )}
        </Panel>
        {!draft && <Turnout meeting={meeting} />}
      </div>
      {[Meeting_State.OPEN, Meeting_State.CLOSED].includes(meeting.state) && (
        <Ballots meeting={meeting} />
      )}
      {[Meeting_State.OPEN, Meeting_State.CLOSED].includes(meeting.state) && (
        <Resolutions meeting={meeting} runs={runs} />
      )}
      <MinutesPanel meeting={meeting} runs={runs} />
      {!draft && (isLiaison || runs) && <Proxies meeting={meeting} />}
      {!draft && (isLiaison || runs) && <Invitations meeting={meeting.name} zone={zone} />}
    </>
  );
}
