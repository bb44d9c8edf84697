// Takes a project off the agenda that would come back by itself, with the reason.
import { useTranslation } from 'react-i18next';
import { useActOf } from '@/api/useAct';
import { ReasonSheet } from '@/components/ReasonSheet';
import type { Meeting } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { MeetingService } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';

interface Props {
  meeting: Meeting;
  // Which is asked about; null: none.
  project: string | null;
  onDone: (after: Meeting) => void;
  onClose: () => void;
}

export function LeaveOut({ meeting, project, onDone, onClose }: Props) {
  const { t } = useTranslation();
  const act = useActOf(MeetingService.method.leaveOutProject, [MeetingService], () =>
    t('session.leftOut'),
  );
  const close = () => {
    act.reset();
    onClose();
  };
  const item = meeting.agendaItems.find((one) => one.project === project);
  return (
    <ReasonSheet
      open={project !== null}
      title={t('session.leaveOut')}
      what={t('session.leaveOutWhat', { title: item?.title })}
      confirm={t('session.leaveOut')}
      busy={act.isPending}
      error={act.error}
      onConfirm={(reason) =>
        act.send({ name: meeting.name, project: project ?? '', reason }, (after) => {
          onDone(after);
          close();
        })
      }
      onClose={close}
    />
  );
}
