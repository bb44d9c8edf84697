import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMutation } from '@/api/useMutation';
import {
  AuthService,
  type Session,
  SessionDelivery,
} from '@/gen/jinhuan/alliance/v1/auth_service_pb';
import { Problem } from './Problem';

interface Fields {
  login: string;
  password: string;
}

export function SignInForm({ onDone }: { onDone: (session: Session | undefined) => void }) {
  const { t } = useTranslation();
  const signIn = useMutation(AuthService.method.signIn, {
    // Above a page whose session has ended nothing is tried again by itself (SessionGate).
    retry: false,
    onSuccess: (response) => onDone(response.session),
  });
  return (
    <Form<Fields>
      name="sign-in"
      layout="vertical"
      requiredMark={false}
      onFinish={({ login, password }) =>
        signIn.mutate({ login: login.trim(), password, delivery: SessionDelivery.COOKIE })
      }
    >
      <Form.Item
        name="login"
        label={t('signIn.login')}
        rules={[{ required: true, whitespace: true, message: t('signIn.loginNeeded') }]}
      >
        <Input
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={64}
          size="large"
          data-testid="login"
        />
      </Form.Item>
      <Form.Item
        name="password"
        label={t('signIn.password')}
        rules={[{ required: true, message: t('signIn.passwordNeeded') }]}
      >
        <Input
          type="password"
          autoComplete="current-password"
          maxLength={128}
          size="large"
          data-testid="password"
        />
      </Form.Item>
      <Problem error={signIn.error} signIn />
      <Button
        type="primary"
        htmlType="submit"
        size="large"
        block
        loading={signIn.isPending}
        data-testid="sign-in"
      >
        {t('signIn.submit')}
      </Button>
    </Form>
  );
}
