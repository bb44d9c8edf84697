import { useQuery } from '@connectrpc/connect-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSignOn } from '@/api/signOn';
import { Problem } from '@/components/Problem';
import { SignOnService } from '@/gen/jinhuan/alliance/v1/sign_on_service_pb';

// The other way in, where the installation has one.
export function SignOnButton({ to }: { to: string }) {
  const { t } = useTranslation();
  const provider = useQuery(SignOnService.method.getSignOnProvider);
  const signOn = useSignOn('signIn', to);
  const name = provider.data?.displayName;
  if (!name) return null;
  return (
    <>
      <Button
        size="large"
        block
        className="sign-in-other"
        loading={signOn.isPending}
        onClick={signOn.go}
        data-testid="sign-on"
      >
        {t('account.signOn.with', { name })}
      </Button>
      <Problem error={signOn.error} signIn />
    </>
  );
}
