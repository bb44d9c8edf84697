import { useQuery } from '@connectrpc/connect-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { explain, isMissing } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Ballots } from '@/components/ballots/Ballots';
import { Proxies } from '@/components/ballots/Proxies';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { AnswerButtons } from '@/components/meetings/AnswerButtons';
import { bodyOf, isOpenToOthers } from '@/components/meetings/bodies';
import { QuorumEvidence } from '@/components/meetings/QuorumEvidence';
import { admitsFrom, isUnheld, spanOf } from '@/components/meetings/times';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { Resolutions } from '@/components/resolutions/Resolutions';
import { Answer, type Meeting, Meeting_State } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { MeetingService } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';
import { clockRange, dateTime, longDate, MINUTE, ms } from '@/lib/time';
import { useReached } from '@/lib/useReached';
import { MinutesPanel } from '@/pages/minutes/MinutesPanel';
import NotFoundPage from '../NotFoundPage';
import { Agenda } from './Agenda';
import { AgendaOverrun } from './AgendaOverrun';
import { Cancel } from './Cancel';
import { Convene } from './Convene';
import { Invitations } from './Invitations';
import { LeftOut } from './LeftOut';
import { Turnout } from './Turnout';
import { WhoCame } from './WhoCame';

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
    if (isMissing(query.error)) return <NotFoundPage />;
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
  const span = spanOf(meeting);
  const closed = meeting.state === Meeting_State.CLOSED;
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
        sub={[
          t(`meetings.body.${bodyOf(meeting)}`),
          longDate(span.start, zone, i18n.language),
          span.held
            ? t('meetings.heldFrom', {
                held: clockRange(span.start, span.end, zone),
                planned: clockRange(start, end, zone),
              })
            : clockRange(start, end, zone),
          meeting.location,
        ]
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
        <Enter meeting={meeting} />
      </PageHead>
      {draft && <p className="banner">{t('meetings.draftNote')}</p>}
      {isUnheld(meeting) && (
        <p className="banner" data-testid="unheld">
          {t('meetings.unheldNote')}
        </p>
      )}
      {cancelled && (
        <p className="banner">{t('session.cancelledWhy', { reason: meeting.cancelReason })}</p>
      )}
      {isLiaison && editable && !draft && isOpenToOthers(meeting) && (
        <p className="banner" data-testid="not-due">
          {t('meetings.notDue', { body: t(`meetings.body.${bodyOf(meeting)}`) })}
        </p>
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
              {closed && own.answer === Answer.UNSPECIFIED
                ? t('meetings.unanswered')
                : t(`meetings.answer.${own.answer}`)}
            </span>
            {own.note && <span className="said">{own.note}</span>}
            <span className="muted">{own.memberDisplayName}</span>
          </p>
          {begun || meeting.state !== Meeting_State.CONVENED ? (
            <p className="muted">{t(`meetings.answerOver.${meeting.state}`)}</p>
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
          {runs && editable && (
            <AgendaOverrun items={meeting.agendaItems} length={(end - start) / MINUTE} />
          )}
          {meeting.leftOut.length > 0 && <LeftOut leftOut={meeting.leftOut} />}
        </Panel>
        {!draft && <Turnout meeting={meeting} />}
      </div>
      {[Meeting_State.OPEN, Meeting_State.CLOSED].includes(meeting.state) && (
        <Ballots meeting={meeting} />
      )}
      {[Meeting_State.OPEN, Meeting_State.CLOSED].includes(meeting.state) && (
        <Resolutions meeting={meeting} runs={runs} />
      )}
      <QuorumEvidence meeting={meeting} />
      <MinutesPanel meeting={meeting} runs={runs} />
      {!draft && (isLiaison || runs) && <Proxies meeting={meeting} />}
      {!draft && !closed && (isLiaison || runs) && (
        <Invitations meeting={meeting.name} zone={zone} />
      )}
      {closed && (isLiaison || runs) && <WhoCame meeting={meeting.name} />}
    </>
  );
}

// The way to the hall, while there is something to do in it.
function Enter({ meeting }: { meeting: Meeting }) {
  const { t, i18n } = useTranslation();
  const { zone } = useAlliance();
  const from = admitsFrom(meeting);
  const admits = useReached(from);
  if (meeting.state !== Meeting_State.CONVENED && meeting.state !== Meeting_State.OPEN) return null;
  if (!admits) {
    return (
      <span className="muted" data-testid="meeting-live-from">
        {t('session.enterFrom', { time: dateTime(from, zone, i18n.language) })}
      </span>
    );
  }
  return (
    <Link to="live" className="button-link button-primary" data-testid="meeting-live">
      {t('session.enter')}
    </Link>
  );
}
