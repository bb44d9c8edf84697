// Gives notice. It reaches every unit at once and can't be taken back, so it
// asks first.
import { useMutation } from '@connectrpc/connect-query';
import { useQueryClient } from '@tanstack/react-query';
import { Button, type ButtonProps, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useAlliance } from '@/api/useAlliance';
import { Problem } from '@/components/Problem';
import { useToast } from '@/components/Toast';
import type { Meeting } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { MeetingService } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';

export function Convene({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation();
  const { alliance } = useAlliance();
  const toast = useToast();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const [asking, setAsking] = useState(false);
  const convene = useMutation(MeetingService.method.conveneMeeting, {
    onSuccess: (convened) => {
      requestId.done();
      setAsking(false);
      toast({ text: t('meetings.convenedToast', { n: convened.invitedCount }) });
    },
    onSettled: () => refresh(queries, MeetingService),
  });
  const go = () => {
    const body = { name: meeting.name };
    convene.mutate({ ...body, requestId: requestId.idFor(body) });
  };
  return (
    <>
      <Button type="primary" onClick={() => setAsking(true)} data-testid="convene">
        {t('meetings.convene')}
      </Button>
      <Modal
        open={asking}
        title={t('meetings.conveneAsk')}
        okText={t('meetings.conveneYes')}
        cancelText={t('action.cancel')}
        okButtonProps={{ 'data-testid': 'confirm-convene' } as ButtonProps}
        confirmLoading={convene.isPending}
        onOk={go}
        onCancel={() => setAsking(false)}
        width={440}
      >
        <p>{t('meetings.conveneNote', { n: alliance?.activeMemberCount ?? 0 })}</p>
        <Problem error={convene.error} />
      </Modal>
    </>
  );
}
