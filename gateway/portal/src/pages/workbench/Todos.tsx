// What waits for the reader: places held for them, notices to answer, applications to decide.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { ApprovalTodos } from '@/components/bookings/ApprovalTodos';
import { OfferTodos } from '@/components/bookings/OfferTodos';
import { Empty } from '@/components/Empty';
import { ExchangeTodos } from '@/components/exchange/ExchangeTodos';
import { Failure } from '@/components/Failure';
import { HandoverTodos } from '@/components/handovers/HandoverTodos';
import { AnswerButtons } from '@/components/meetings/AnswerButtons';
import { Decide } from '@/components/members/Decide';
import { Panel } from '@/components/Panel';
import { PassTodos } from '@/components/passes/PassTodos';
import { ProjectTodos } from '@/components/projects/ProjectTodos';
import { RequestTodos } from '@/components/requests/RequestTodos';
import { RotationTodos } from '@/components/rotation/RotationTodos';
import { TodoItem } from '@/components/TodoItem';
import { TopicTodos } from '@/components/topics/TopicTodos';
import { idOf } from '@/lib/names';
import { clockRange, longDate, ms } from '@/lib/time';
import { Cancel } from '@/pages/meetings/Cancel';
import { useTodos } from './useTodos';

export function Todos() {
  const { t, i18n } = useTranslation();
  const { isLiaison, isStreet } = useWork();
  const { zone } = useAlliance();
  const { notices, unheld, applicants, applicantCount, total, error, refetch } = useTodos();

  return (
    <Panel
      title={t('home.todo')}
      className="todo"
      extra={total > 0 && <span className="count">{total}</span>}
    >
      {error ? (
        <Failure text={explain(error).text} retry={refetch} />
      ) : total === 0 ? (
        <Empty
          why={t(isLiaison || isStreet ? 'home.todoNone' : 'home.todoStaff')}
          action={
            isStreet ? (
              <Link to="/meetings">{t('home.toMeetings')}</Link>
            ) : (
              <Link to="/parking">{t('mine.book')}</Link>
            )
          }
        />
      ) : (
        <ul className="rows">
          <OfferTodos />
          <ApprovalTodos />
          <PassTodos />
          <RotationTodos />
          <HandoverTodos />
          <ExchangeTodos />
          <TopicTodos />
          <ProjectTodos />
          <RequestTodos />
          {notices.map((meeting) => (
            <TodoItem
              key={meeting.name}
              kind={t('home.kind.notice')}
              to={`/meetings/${idOf(meeting.name)}`}
              title={meeting.title}
              facts={[
                longDate(ms(meeting.startTime), zone, i18n.language),
                clockRange(ms(meeting.startTime), ms(meeting.endTime), zone),
                meeting.location,
              ]}
            >
              <AnswerButtons meeting={meeting} quick />
            </TodoItem>
          ))}
          {unheld.map((meeting) => (
            <TodoItem
              key={meeting.name}
              kind={t('meetings.unheld')}
              to={`/meetings/${idOf(meeting.name)}`}
              title={meeting.title}
              facts={[
                longDate(ms(meeting.startTime), zone, i18n.language),
                clockRange(ms(meeting.startTime), ms(meeting.endTime), zone),
                t('meetings.unheldAct'),
              ]}
              testId="todo-unheld"
            >
              <div className="row-actions">
                <Cancel meeting={meeting} />
                <Link to="/meetings/new" className="button-link">
                  {t('meetings.anew')}
                </Link>
              </div>
            </TodoItem>
          ))}
          {applicants.map((member) => (
            <TodoItem
              key={member.name}
              kind={t('home.kind.applicant')}
              to={`/members/${idOf(member.name)}`}
              title={member.displayName}
              facts={[
                t(`members.sector.${member.sector}`),
                t('members.partyMembers', { n: member.partyMemberCount }),
                t('members.appliedOn', {
                  date: longDate(ms(member.createTime), zone, i18n.language),
                }),
              ]}
              wide
            >
              <Decide member={member} />
            </TodoItem>
          ))}
        </ul>
      )}
      {applicantCount > applicants.length && (
        <p className="panel-foot">
          <Link to="/members/applications">
            {t('home.allApplicants', { count: applicantCount })}
          </Link>
        </p>
      )}
    </Panel>
  );
}
