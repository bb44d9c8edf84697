// What waits for the reader: notices to answer, applications to decide.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { ApprovalTodos } from '@/components/bookings/ApprovalTodos';
import { Empty } from '@/components/Empty';
import { ExchangeTodos } from '@/components/exchange/ExchangeTodos';
import { Failure } from '@/components/Failure';
import { AnswerButtons } from '@/components/meetings/AnswerButtons';
import { Decide } from '@/components/members/Decide';
import { Panel } from '@/components/Panel';
import { PassTodos } from '@/components/passes/PassTodos';
import { RotationTodos } from '@/components/rotation/RotationTodos';
import { TopicTodos } from '@/components/topics/TopicTodos';
import { idOf } from '@/lib/names';
import { clockRange, longDate, ms } from '@/lib/time';
import { useTodos } from './useTodos';

export function Todos() {
  const { t, i18n } = useTranslation();
  const { isLiaison, isStreet } = useWork();
  const { zone } = useAlliance();
  const { notices, applicants, applicantCount, total, error, refetch } = useTodos();

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
          <ApprovalTodos />
          <PassTodos />
          <RotationTodos />
          <ExchangeTodos />
          <TopicTodos />
          {notices.map((meeting) => (
            <li key={meeting.name} className="todo-item">
              <div className="todo-text">
                <span className="tag tag-kind">{t('home.kind.notice')}</span>
                <h3>
                  <Link to={`/meetings/${idOf(meeting.name)}`}>{meeting.title}</Link>
                </h3>
                <p className="muted">
                  {[
                    longDate(ms(meeting.startTime), zone, i18n.language),
                    clockRange(ms(meeting.startTime), ms(meeting.endTime), zone),
                    meeting.location,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
              </div>
              <AnswerButtons meeting={meeting} quick />
            </li>
          ))}
          {applicants.map((member) => (
            <li key={member.name} className="todo-item todo-wide">
              <div className="todo-text">
                <span className="tag tag-kind">{t('home.kind.applicant')}</span>
                <h3>
                  <Link to={`/members/${idOf(member.name)}`}>{member.displayName}</Link>
                </h3>
                <p className="muted">
                  {[
                    t(`members.sector.${member.sector}`),
                    t('members.partyMembers', { n: member.partyMemberCount }),
                    t('members.appliedOn', {
                      date: longDate(ms(member.createTime), zone, i18n.language),
                    }),
                  ].join(' · ')}
                </p>
              </div>
              <Decide member={member} />
            </li>
          ))}
        </ul>
      )}
      {applicantCount > applicants.length && (
        <p className="panel-foot">
          <Link to="/members/applications">{t('home.allApplicants', { n: applicantCount })}</Link>
        </p>
      )}
    </Panel>
  );
}
