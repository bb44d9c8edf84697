// A meeting as it goes on: everybody who watches sees the same at the same time.
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { explain, isMissing } from '@/api/errors';
import { useActOf } from '@/api/useAct';
import { useWork } from '@/app/session';
import { BallotView } from '@/components/ballots/BallotPanel';
import { BallotList } from '@/components/ballots/Ballots';
import { isRunning, useToldBallots } from '@/components/ballots/useBallots';
import { Failure } from '@/components/Failure';
import { bodyOf } from '@/components/meetings/bodies';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Problem } from '@/components/Problem';
import { Incomplete } from '@/components/resolutions/Incomplete';
import { Resolutions } from '@/components/resolutions/Resolutions';
import { useWatchMeeting } from '@/components/session/useWatchMeeting';
import { type Meeting, Meeting_State } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { MeetingService } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';
import { idOf } from '@/lib/names';
import NotFoundPage from '../NotFoundPage';
import { Attendances } from './Attendances';
import { CheckInCode } from './CheckInCode';
import { Counts, Meter } from './Counts';
import { LiveAgenda } from './LiveAgenda';
import { OpenMeeting } from './OpenMeeting';
import './live.css';

export default function LivePage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const { alliance, isStreet, isChair, isLiaison } = useWork();
  const name = `${alliance}/meetings/${id}`;
  const { now, live, error } = useWatchMeeting(name);
  const ballots = useToldBallots(name, now?.ballots ?? []);
  const back = { to: `/meetings/${id}`, label: t('session.details') };
  const meeting = now?.meeting;
  if (!meeting) {
    if (isMissing(error)) return <NotFoundPage />;
    return error ? (
      <>
        <PageHead title={t('session.live')} back={back} />
        <Failure text={explain(error).text} retry={() => window.location.reload()} />
      </>
    ) : (
      <PageSkeleton lines={10} />
    );
  }
  const runs = isStreet || isChair;
  const begun = meeting.state === Meeting_State.OPEN || meeting.state === Meeting_State.CLOSED;
  // What is voted on, and between two votes what the last one decided.
  const shown =
    now.ballots.length > 0 ? now.ballots : ballots.slice(0, 1).filter((one) => !isRunning(one));
  const admits = meeting.state === Meeting_State.CONVENED || meeting.state === Meeting_State.OPEN;
  return (
    <>
      <PageHead
        title={meeting.title}
        back={back}
        sub={
          <span className="live-light" data-live={live} role="status" data-testid="live-light">
            {t(`meetings.body.${bodyOf(meeting)}`)} · {t(`session.states.${meeting.state}`)} ·{' '}
            {t(live ? 'session.liveOn' : 'session.liveOff')}
          </span>
        }
      >
        {isLiaison && admits && (
          <Link to="../check-in" relative="path" className="button-link" data-testid="to-check-in">
            {t('session.checkIn')}
          </Link>
        )}
        {runs && meeting.state === Meeting_State.CONVENED && (
          <OpenMeeting meeting={meeting} quorum={now.quorum} />
        )}
        {runs && <CloseMeeting meeting={meeting} />}
      </PageHead>
      {shown.map((ballot) => (
        <BallotView key={ballot.name} ballot={ballot} />
      ))}
      <div className="halves">
        <Counts meeting={meeting} />
        {meeting.state !== Meeting_State.CLOSED && <Meter now={now} />}
      </div>
      <LiveAgenda
        meeting={meeting}
        ballots={ballots}
        runs={runs && meeting.state === Meeting_State.OPEN}
      />
      {begun && <Resolutions meeting={meeting} runs={runs} />}
      {begun && <BallotList meeting={meeting} ballots={ballots} />}
      {runs && admits && <CheckInCode meeting={meeting.name} />}
      {(runs || isLiaison) && (
        <Attendances meeting={meeting} revision={now.revision} runs={runs && admits} />
      )}
    </>
  );
}

// It stays when the meeting is over, though it shows nothing: everybody may be told of that before
// the answer comes, which leads on.
function CloseMeeting({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation();
  const go = useNavigate();
  const [asking, setAsking] = useState(false);
  const close = useActOf(MeetingService.method.closeMeeting, [MeetingService], () =>
    t('session.closed'),
  );
  if (meeting.state !== Meeting_State.OPEN) return null;
  return (
    <>
      <Button onClick={() => setAsking(true)} data-testid="meeting-close">
        {t('session.close')}
      </Button>
      <Modal
        open={asking}
        title={t('session.closeAsk')}
        okText={t('session.close')}
        cancelText={t('action.cancel')}
        confirmLoading={close.isPending}
        // What is left to do, the minutes, is on its page.
        onOk={() => close.send({ name: meeting.name }, () => go(`/meetings/${idOf(meeting.name)}`))}
        onCancel={() => setAsking(false)}
        width={440}
      >
        <p>{t('session.closeNote')}</p>
        <Incomplete meeting={meeting} />
        <Problem error={close.error} />
      </Modal>
    </>
  );
}
