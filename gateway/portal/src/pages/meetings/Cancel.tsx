// Calls a meeting off, with the reason that the units read.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActOf } from '@/api/useAct';
import { ReasonSheet } from '@/components/ReasonSheet';
import type { Meeting } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { MeetingService } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';

export function Cancel({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const cancel = useActOf(MeetingService.method.cancelMeeting, [MeetingService], () =>
    t('session.cancelled'),
  );
  return (
    <>
      <Button onClick={() => setAsking(true)} data-testid="meeting-cancel">
        {t('session.cancel')}
      </Button>
      <ReasonSheet
        open={asking}
        title={t('session.cancel')}
        what={t('session.cancelWhat')}
        danger
        confirm={t('session.cancel')}
        busy={cancel.isPending}
        error={cancel.error}
        onConfirm={(reason) => cancel.send({ name: meeting.name, reason }, () => setAsking(false))}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
