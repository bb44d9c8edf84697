import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useMutation } from '@/api/useMutation';
import { AllianceField } from '@/components/accounts/AllianceField';
import { clearErrors, placeViolations } from '@/components/form';
import { PageHead } from '@/components/PageHead';
import { Panel } from '@/components/Panel';
import { Problem } from '@/components/Problem';
import {
  type CreateServiceAccountResponse,
  UserService,
} from '@/gen/jinhuan/alliance/v1/user_service_pb';
import { idOf } from '@/lib/names';
import { Credentials } from './Credentials';

interface Fields {
  displayName: string;
  alliance: string;
}

export default function SystemFormPage() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const [form] = Form.useForm<Fields>();
  const [problem, setProblem] = useState<unknown>(null);
  const [made, setMade] = useState<CreateServiceAccountResponse | null>(null);
  const create = useMutation(UserService.method.createServiceAccount);
  const back = { to: '/systems', label: t('nav.systems') };

  const submit = ({ displayName, alliance }: Fields) => {
    setProblem(null);
    const serviceAccount = { displayName: displayName.trim(), alliance };
    create.mutate(
      { serviceAccount, requestId: requestId.idFor(serviceAccount) },
      {
        onSuccess: (answer) => {
          requestId.done();
          void refresh(queries, UserService);
          setMade(answer);
        },
        onError: (error) => setProblem(placeViolations(form, error) ? null : error),
      },
    );
  };

  if (made?.serviceAccount) {
    const account = made.serviceAccount;
    return (
      <>
        <PageHead title={t('systems.created', { name: account.displayName })} back={back} />
        <Panel title={t('systems.handOver')}>
          <Credentials clientId={account.clientId} secret={made.clientSecret} />
          <p>{t('systems.nextScopes')}</p>
          <div className="panel-foot">
            <Link
              to={`/systems/${idOf(account.name)}`}
              className="button-link button-primary"
              data-testid="to-system"
            >
              {t('systems.toSystem')}
            </Link>
          </div>
        </Panel>
      </>
    );
  }
  return (
    <>
      <PageHead title={t('systems.create')} back={back} sub={t('systems.createSub')} />
      <Form
        form={form}
        name="system"
        layout="vertical"
        className="panel form"
        initialValues={{ displayName: '', alliance: '' }}
        onFinish={submit}
        onValuesChange={(changed) => clearErrors(form, changed)}
        scrollToFirstError={{ focus: true }}
      >
        <div className="form-grid">
          <Form.Item
            name="displayName"
            label={t('systems.displayName')}
            rules={[{ required: true, whitespace: true, message: t('form.needed') }]}
          >
            <Input maxLength={40} data-testid="system-display-name" />
          </Form.Item>
          <AllianceField name="alliance" />
        </div>
        <Problem error={problem} />
        <div className="form-actions">
          <Button
            type="primary"
            htmlType="submit"
            loading={create.isPending}
            data-testid="create-system"
          >
            {t('systems.create')}
          </Button>
        </div>
      </Form>
    </>
  );
}
