import { useMutation } from '@/api/useMutation';
import { AuthService } from '@/gen/jinhuan/alliance/v1/auth_service_pb';
import { tellSignedOut, toSignIn } from './signedOutElsewhere';

// Leaves in every tab, whether the server could be told or not.
export function useSignOut(): () => void {
  const { mutate } = useMutation(AuthService.method.signOut);
  return () =>
    mutate(
      {},
      {
        onSettled: () => {
          tellSignedOut();
          toSignIn();
        },
      },
    );
}
