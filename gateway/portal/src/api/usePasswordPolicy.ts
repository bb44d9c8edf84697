import { useQuery } from '@connectrpc/connect-query';
import { useTranslation } from 'react-i18next';
import { AuthService } from '@/gen/jinhuan/alliance/v1/auth_service_pb';

// What a new password must be, here; and the same as a sentence for the reader.
export function usePasswordPolicy() {
  const { i18n } = useTranslation();
  const session = useQuery(AuthService.method.getSession, {}, { staleTime: 60_000 });
  const policy = session.data?.passwordPolicy;
  return { policy, text: (i18n.language === 'en' ? policy?.textEn : policy?.text) ?? '' };
}
