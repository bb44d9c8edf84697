// Gives notice. It reaches every unit at once and can't be taken back, so it
// asks first.
import { Button, type ButtonProps, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActOf } from '@/api/useAct';
import { useAlliance } from '@/api/useAlliance';
import { bodyOf } from '@/components/meetings/bodies';
import { Problem } from '@/components/Problem';
import { type Meeting, MeetingBody } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { MeetingService } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';

export function Convene({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const close = () => setAsking(false);
  return (
    <>
      <Button type="primary" onClick={() => setAsking(true)} data-testid="convene">
        {t('meetings.convene')}
      </Button>
      {asking && <ConveneDialog meeting={meeting} onDone={close} onClose={close} />}
    </>
  );
}

interface Props {
  meeting: Meeting;
  onDone: () => void;
  onClose: () => void;
}

export function ConveneDialog({ meeting, onDone, onClose }: Props) {
  const { t } = useTranslation();
  const { alliance } = useAlliance();
  const body = bodyOf(meeting);
  const convene = useActOf(MeetingService.method.conveneMeeting, [MeetingService], (convened) =>
    t('meetings.convenedToast', { count: convened.invitedCount }),
  );
  return (
    <Modal
      open
      title={t('meetings.conveneAsk')}
      okText={t('meetings.conveneYes')}
      cancelText={t('action.cancel')}
      okButtonProps={{ 'data-testid': 'confirm-convene' } as ButtonProps}
      confirmLoading={convene.isPending}
      onOk={() => convene.send({ name: meeting.name }, onDone)}
      onCancel={onClose}
      width={440}
    >
      <p>
        {body === MeetingBody.PLENARY
          ? t('meetings.conveneNote', { count: alliance?.activeMemberCount ?? 0 })
          : t('meetings.conveneNotePart', {
              body: t(`meetings.body.${body}`),
              who: t(`meetings.bodyWho.${body}`),
            })}
      </p>
      <Problem error={convene.error} />
    </Modal>
  );
}
