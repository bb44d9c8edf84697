import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useMutation } from '@/api/useMutation';
import { useWork } from '@/app/session';
import { useToast } from '@/components/Toast';
import type { Answer, Meeting } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { MeetingService } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';

// Answers a notice for the unit. A later answer replaces it, so there is no
// undo: the meeting's page stays open to another answer until it begins.
export function useAnswer(meeting: Meeting) {
  const { t } = useTranslation();
  const { member } = useWork();
  const toast = useToast();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const mutation = useMutation(MeetingService.method.answerNotice, {
    onSuccess: (invitation) => {
      requestId.done();
      toast({
        text: t('meetings.answered', {
          answer: t(`meetings.answer.${invitation.answer}`),
          title: meeting.title,
        }),
      });
    },
    onSettled: () => refresh(queries, MeetingService),
  });
  return {
    send(answer: Answer, note: string, done?: () => void) {
      const body = { name: meeting.name, answer, note, member };
      mutation.mutate({ ...body, requestId: requestId.idFor(body) }, { onSuccess: done });
    },
    error: mutation.error,
    isPending: mutation.isPending,
  };
}
