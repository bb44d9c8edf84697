// What waits for the reader: notices to answer, applications to decide.
import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { explain } from '@/api/errors';
import { useAlliance } from '@/api/useAlliance';
import { useWork } from '@/app/session';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { AnswerButtons } from '@/components/meetings/AnswerButtons';
import { Approve } from '@/components/members/Approve';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { Member_State } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { MemberService } from '@/gen/jinhuan/alliance/v1/member_service_pb';
import { Answer, Meeting_State } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { MeetingService } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';
import { idOf } from '@/lib/names';
import { clockRange, longDate, ms } from '@/lib/time';

const REFRESH = { refetchInterval: 60_000 };

export function Todos() {
  const { t, i18n } = useTranslation();
  const { alliance, isLiaison, isStreet } = useWork();
  const { zone } = useAlliance();
  const meetings = useQuery(
    MeetingService.method.listMeetings,
    { parent: alliance, state: Meeting_State.CONVENED },
    { ...REFRESH, enabled: isLiaison },
  );
  const applicants = useQuery(
    MemberService.method.listMembers,
    { parent: alliance, state: Member_State.APPLIED, pageSize: 10 },
    { ...REFRESH, enabled: isStreet },
  );

  const notices = (meetings.data?.meetings ?? [])
    .filter((one) => one.ownInvitation?.answer === Answer.UNSPECIFIED)
    .filter((one) => ms(one.startTime) > Date.now())
    .reverse();
  const waiting = applicants.data?.members ?? [];
  const total = notices.length + (applicants.data?.totalSize ?? 0);
  const pending = (isLiaison && meetings.isPending) || (isStreet && applicants.isPending);
  const error = meetings.error ?? applicants.error;

  return (
    <Panel
      title={t('home.todo')}
      className="todo"
      extra={total > 0 && <span className="count">{total}</span>}
    >
      {pending ? (
        <PageSkeleton lines={3} />
      ) : error ? (
        <Failure
          text={explain(error).text}
          retry={() => Promise.all([meetings.refetch(), applicants.refetch()])}
        />
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
          {waiting.map((member) => (
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
              <Approve member={member} />
            </li>
          ))}
        </ul>
      )}
      {(applicants.data?.totalSize ?? 0) > waiting.length && (
        <p className="panel-foot">
          <Link to="/members?state=applied">
            {t('home.allApplicants', { n: applicants.data?.totalSize })}
          </Link>
        </p>
      )}
    </Panel>
  );
}
