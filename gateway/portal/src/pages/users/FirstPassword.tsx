// The field for a first password: by the installation's policy, typed or made up.
import { Button, Form, type FormInstance, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePasswordPolicy } from '@/api/usePasswordPolicy';
import { generatePassword } from '@/lib/password';

export function FirstPassword({ form }: { form: FormInstance }) {
  const { t } = useTranslation();
  const { policy, text } = usePasswordPolicy();
  const generate = () => {
    form.setFields([{ name: 'password', value: generatePassword(policy?.minLength), errors: [] }]);
  };
  return (
    <Form.Item
      label={t('users.firstPassword')}
      htmlFor="first-password"
      required
      extra={[text, t('users.firstPasswordHint')].join(' ')}
    >
      <div className="with-button">
        <Form.Item name="password" noStyle rules={[{ required: true, message: t('form.needed') }]}>
          <Input
            id="first-password"
            className="mono"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={128}
            data-testid="first-password"
          />
        </Form.Item>
        <Button onClick={generate} data-testid="generate">
          {t('users.generate')}
        </Button>
      </div>
    </Form.Item>
  );
}
