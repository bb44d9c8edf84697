// The minutes of a closed meeting, as its page offers them.
import { useQuery } from '@connectrpc/connect-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useActOf } from '@/api/useAct';
import { Panel } from '@/components/Panel';
import { Problem } from '@/components/Problem';
import { type Meeting, Meeting_State } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { MeetingService } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';
import { Minutes_State } from '@/gen/jinhuan/meeting/v1/minutes_pb';
import { MinutesFiles } from './MinutesFiles';

export function MinutesPanel({ meeting, runs }: { meeting: Meeting; runs: boolean }) {
  const { t } = useTranslation();
  const go = useNavigate();
  const closed = meeting.state === Meeting_State.CLOSED;
  const query = useQuery(
    MeetingService.method.getMinutes,
    { name: `${meeting.name}/minutes` },
    { enabled: closed, retry: false },
  );
  const draft = useActOf(MeetingService.method.draftMinutes, [MeetingService], () =>
    t('minutes.drafted'),
  );
  if (!closed) return null;
  const minutes = query.data;
  return (
    <Panel title={t('minutes.title')}>
      {minutes ? (
        <>
          <p>
            <Link to="minutes" data-testid="minutes-open">
              {minutes.title}
            </Link>{' '}
            <span
              className={`tag ${minutes.state === Minutes_State.PUBLISHED ? 'tag-confirmed' : 'tag-draft'}`}
            >
              {t(`minutes.state.${minutes.state}`)}
            </span>
          </p>
          <MinutesFiles name={minutes.name} />
        </>
      ) : runs ? (
        <Button
          type="primary"
          loading={draft.isPending}
          onClick={() => draft.send({ name: meeting.name }, () => go('minutes'))}
          data-testid="minutes-draft"
        >
          {t('minutes.draft')}
        </Button>
      ) : (
        <p className="muted">{t('minutes.none')}</p>
      )}
      <Problem error={draft.error} />
    </Panel>
  );
}
