import { useMutation } from '@/api/useMutation';
import { AuthService } from '@/gen/jinhuan/alliance/v1/auth_service_pb';

// Leaves by loading the sign-in page anew, so that nothing read so far stays
// in memory, whether the server could be told or not.
export function useSignOut(): () => void {
  const { mutate } = useMutation(AuthService.method.signOut);
  return () => mutate({}, { onSettled: () => window.location.assign('/sign-in') });
}
