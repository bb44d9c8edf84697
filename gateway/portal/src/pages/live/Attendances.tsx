// Who came. Read again when the meeting's revision moves, but not for each of a hundred
// who come at once.
import { useQuery } from '@connectrpc/connect-query';
import { Button, Input } from 'antd';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { useActOf } from '@/api/useAct';
import { Empty } from '@/components/Empty';
import { Failure } from '@/components/Failure';
import { MemberSelect } from '@/components/MemberSelect';
import { bodyOf } from '@/components/meetings/bodies';
import { useDue } from '@/components/meetings/useDue';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { Problem } from '@/components/Problem';
import { type Attendance, type Meeting, MeetingBody } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { MeetingService } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';

const GATHER = 1_000;

// What asks for all who came.
export const everyAttendance = (meeting: string) => ({ parent: meeting, pageSize: 1000 });

interface Props {
  meeting: Meeting;
  revision: bigint;
  runs: boolean;
}

export function Attendances({ meeting, revision, runs }: Props) {
  const { t } = useTranslation();
  const query = useQuery(MeetingService.method.listAttendances, everyAttendance(meeting.name));
  const { refetch } = query;
  useEffect(() => {
    const timer = setTimeout(() => void (revision && refetch()), GATHER);
    return () => clearTimeout(timer);
  }, [revision, refetch]);
  const came = query.data?.attendances ?? [];
  return (
    <Panel title={t('session.came')}>
      {query.isPending ? (
        <PageSkeleton />
      ) : query.error ? (
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      ) : came.length === 0 ? (
        <Empty why={t('session.cameNone')} />
      ) : (
        <ul className="invitations">
          {came.map((one) => (
            <Came key={one.name} one={one} meeting={meeting.name} runs={runs} />
          ))}
        </ul>
      )}
      {runs && <ByHand meeting={meeting} came={came} />}
    </Panel>
  );
}

function Came({ one, meeting, runs }: { one: Attendance; meeting: string; runs: boolean }) {
  const { t } = useTranslation();
  const leave = useActOf(MeetingService.method.leaveMeeting, [MeetingService], (after) =>
    t('session.left', { unit: after.displayName }),
  );
  return (
    <li data-testid="attendance" data-present={one.present}>
      <span className="invitation-unit">{one.displayName}</span>
      <span className={`tag ${one.present ? 'tag-confirmed' : 'tag-over'}`}>
        {t(one.present ? 'session.here' : 'session.gone')}
      </span>
      <span className="muted invitation-note">
        {[
          one.observer && t('session.observer'),
          one.substitute && t('session.substitute'),
          one.delegateTitle,
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {runs && one.present && (
        <Button
          loading={leave.isPending}
          onClick={() => leave.send({ name: meeting, attendance: one.name })}
          aria-label={t('session.markLeftOf', { unit: one.displayName })}
        >
          {t('session.markLeft')}
        </Button>
      )}
      <Problem error={leave.error} />
    </li>
  );
}

// For a delegate without a phone, and for guests.
function ByHand({ meeting, came }: { meeting: Meeting; came: readonly Attendance[] }) {
  const { t } = useTranslation();
  const id = useId();
  const [member, setMember] = useState('');
  const [observer, setObserver] = useState('');
  const due = useDue(meeting.name);
  const here = new Set(came.filter((one) => one.present).map((one) => one.member));
  const isDue = due.has(member);
  const note = useActOf(MeetingService.method.checkInDelegate, [MeetingService], (after) =>
    t('session.checkInDone', { unit: after.displayName }),
  );
  const send = () =>
    note.send(
      { name: meeting.name, member, observerDisplayName: member ? '' : observer.trim() },
      () => {
        setMember('');
        setObserver('');
      },
    );
  return (
    <details className="folded">
      <summary>{t('session.byHand')}</summary>
      <form
        className="live-form"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <MemberSelect
          value={isDue ? member : ''}
          onChange={setMember}
          offers={(unit) => due.has(unit) && !here.has(unit)}
          label={t('session.byHandUnit')}
          testId="by-hand-due"
        />
        {bodyOf(meeting) !== MeetingBody.PLENARY && (
          <MemberSelect
            value={isDue ? '' : member}
            onChange={setMember}
            offers={(unit) => !due.has(unit) && !here.has(unit)}
            label={t('session.byHandOther')}
            testId="by-hand-other"
          />
        )}
        {!member && (
          <div className="field">
            <label htmlFor={id}>{t('session.byHandObserver')}</label>
            <Input
              id={id}
              value={observer}
              maxLength={60}
              onChange={(event) => setObserver(event.target.value)}
            />
          </div>
        )}
        <Problem error={note.error} />
        <Button htmlType="submit" loading={note.isPending} disabled={!member && !observer.trim()}>
          {t('session.byHandGo')}
        </Button>
      </form>
    </details>
  );
}
