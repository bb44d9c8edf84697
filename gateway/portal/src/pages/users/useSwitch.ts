import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useMutation } from '@/api/useMutation';
import { useToast } from '@/components/Toast';
import { AuthService } from '@/gen/jinhuan/alliance/v1/auth_service_pb';
import { type User, UserService } from '@/gen/jinhuan/alliance/v1/user_service_pb';

// Shuts an account out, or lets it in again, for a reason.
export function useSwitch(user: User, on: boolean, onDone: () => void) {
  const { t } = useTranslation();
  const toast = useToast();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const outcome = {
    onSuccess: () => {
      requestId.done();
      void refresh(queries, UserService, AuthService);
      toast({ text: t(on ? 'users.access.enabled' : 'users.access.disabled') });
      onDone();
    },
  };
  const enable = useMutation(UserService.method.enableUser, outcome);
  const disable = useMutation(UserService.method.disableUser, outcome);
  const call = on ? enable : disable;
  return {
    busy: call.isPending,
    error: call.error,
    run: (reason: string) => {
      const body = { name: user.name, reason };
      call.mutate({ ...body, requestId: requestId.idFor(body) });
    },
  };
}
