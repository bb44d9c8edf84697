import { useQueryClient } from '@tanstack/react-query';
import { Button, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useMutation } from '@/api/useMutation';
import { AllianceField } from '@/components/accounts/AllianceField';
import { grantable, isAdministrator, ofAlliance, ofUnit } from '@/components/accounts/roles';
import { clearErrors, placeViolations } from '@/components/form';
import { NativeSelect } from '@/components/NativeSelect';
import { Problem } from '@/components/Problem';
import { Sheet } from '@/components/Sheet';
import { useToast } from '@/components/Toast';
import { type User, UserService } from '@/gen/jinhuan/alliance/v1/user_service_pb';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import { UnitField, useUnitsOf } from './UnitField';

interface Props {
  user: User;
  open: boolean;
  onClose: () => void;
}

export function GrantSheet({ user, open, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Sheet open={open} title={t('users.roles.grant')} onClose={onClose}>
      <GrantForm user={user} onDone={onClose} />
    </Sheet>
  );
}

interface Fields {
  role: string;
  alliance?: string;
  member?: string;
}

function GrantForm({ user, onDone }: { user: User; onDone: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const [form] = Form.useForm<Fields>();
  const [problem, setProblem] = useState<unknown>(null);
  const role = Number(Form.useWatch('role', form)) as Role;
  const alliance = Form.useWatch('alliance', form) ?? '';
  const units = useUnitsOf(ofUnit(role) ? alliance : '');
  const grant = useMutation(UserService.method.grantRole);

  const submit = (fields: Fields) => {
    setProblem(null);
    const body = {
      name: user.name,
      grant: {
        role,
        alliance: ofAlliance(role) ? fields.alliance : '',
        member: ofUnit(role) ? units.nameOf(fields.member ?? '') : '',
      },
    };
    grant.mutate(
      { ...body, requestId: requestId.idFor(body) },
      {
        onSuccess: () => {
          requestId.done();
          void refresh(queries, UserService);
          toast({ text: t('users.roles.granted', { role: t(`role.name.${Role[role]}`) }) });
          onDone();
        },
        onError: (error) => setProblem(placeViolations(form, error) ? null : error),
      },
    );
  };

  return (
    <Form
      form={form}
      name="grant"
      layout="vertical"
      requiredMark={false}
      initialValues={{ role: String(Role.STAFF) }}
      onFinish={submit}
      onValuesChange={(changed) => clearErrors(form, changed)}
    >
      <Form.Item name="role" label={t('users.role')} extra={t(`users.roles.does.${Role[role]}`)}>
        <NativeSelect
          choices={grantable
            .filter((value) => !user.mustChangePassword || !isAdministrator(value))
            .map((value) => ({ value, label: t(`role.name.${Role[value]}`) }))}
          data-testid="grant-role-choice"
        />
      </Form.Item>
      {ofAlliance(role) && <AllianceField name="alliance" />}
      {ofUnit(role) && <UnitField units={units} />}
      {user.mustChangePassword && <p className="banner">{t('users.roles.notOwn')}</p>}
      {!ofAlliance(role) && <p className="banner">{t('users.roles.rule')}</p>}
      <Problem error={problem} />
      <Button
        type="primary"
        htmlType="submit"
        block
        loading={grant.isPending}
        data-testid="confirm-grant"
      >
        {t('users.roles.grant')}
      </Button>
    </Form>
  );
}
