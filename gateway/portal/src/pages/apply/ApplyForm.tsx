import { Button, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRequestId } from '@/api/requestId';
import { useMutation } from '@/api/useMutation';
import { clearErrors, placeViolations } from '@/components/form';
import { MemberFields } from '@/components/members/MemberFields';
import { empty, type Fields, toMember } from '@/components/members/memberFields';
import { Problem } from '@/components/Problem';
import { MemberService } from '@/gen/jinhuan/alliance/v1/member_service_pb';
import { placeAliases } from '@/lib/place';
import type { FiledApplication } from './Filed';

interface Props {
  alliance: string;
  onFiled: (application: FiledApplication) => void;
}

export function ApplyForm({ alliance, onFiled }: Props) {
  const { t } = useTranslation();
  const requestId = useRequestId();
  const [form] = Form.useForm<Fields>();
  const [website, setWebsite] = useState('');
  const [problem, setProblem] = useState<unknown>(null);
  const apply = useMutation(MemberService.method.applyMember);

  const submit = (fields: Fields) => {
    clearErrors(form, form.getFieldsValue());
    setProblem(null);
    // The rank is the street's to give.
    const member = { ...toMember(fields), tier: 0 };
    const body = { parent: alliance, member, website };
    apply.mutate(
      { ...body, requestId: requestId.idFor(body) },
      {
        onSuccess: (filed) => {
          requestId.done();
          onFiled({ receipt: filed.applicationReceipt, displayName: member.displayName });
        },
        onError: (error) => setProblem(placeViolations(form, error, placeAliases) ? null : error),
      },
    );
  };
  return (
    <Form
      form={form}
      name="apply"
      layout="vertical"
      className="panel form"
      initialValues={empty}
      onFinish={submit}
      onValuesChange={(changed) => clearErrors(form, changed)}
      scrollToFirstError={{ focus: true }}
    >
      <MemberFields />
      {/* Neither seen, nor read out, nor reached by a key: who fills it in is a program. */}
      <div className="off-page" aria-hidden="true">
        <input
          name="website"
          type="text"
          tabIndex={-1}
          autoComplete="off"
          value={website}
          onChange={(event) => setWebsite(event.target.value)}
        />
      </div>
      <p className="muted apply-privacy">{t('apply.privacy')}</p>
      <Problem error={problem} />
      <Button
        type="primary"
        htmlType="submit"
        size="large"
        block
        loading={apply.isPending}
        data-testid="apply-submit"
      >
        {t('members.submit')}
      </Button>
    </Form>
  );
}
