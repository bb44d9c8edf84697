import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { useRequestId } from '@/api/requestId';
import { useMutation } from '@/api/useMutation';
import { useToast } from '@/components/Toast';
import { UserService } from '@/gen/jinhuan/alliance/v1/user_service_pb';
import { download } from '@/lib/download';

// Gives the reader all that is kept of a person, as a file.
export function useExport(user: string) {
  const { t } = useTranslation();
  const toast = useToast();
  const requestId = useRequestId();
  const call = useMutation(UserService.method.exportPersonalData, {
    onSuccess: ({ filename, content }) => {
      requestId.done();
      download(filename, 'application/json', content);
      toast({ text: t('account.export.done', { filename }) });
    },
    onError: (error) => toast({ text: explain(error).text, tone: 'bad' }),
  });
  const run = () => call.mutate({ name: user, requestId: requestId.idFor({ user }) });
  return { run, busy: call.isPending };
}
