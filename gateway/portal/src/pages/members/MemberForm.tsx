import { useQueryClient } from '@tanstack/react-query';
import { Button, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useMutation } from '@/api/useMutation';
import { useWork } from '@/app/session';
import { clearErrors, placeViolations } from '@/components/form';
import { MemberFields } from '@/components/members/MemberFields';
import {
  changedPaths,
  empty,
  type Fields,
  fieldsOf,
  toMember,
  untouched,
} from '@/components/members/memberFields';
import { useJointBranches } from '@/components/members/useUnits';
import { Problem } from '@/components/Problem';
import { useToast } from '@/components/Toast';
import type { Member } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { MemberService } from '@/gen/jinhuan/alliance/v1/member_service_pb';
import { placeAliases } from '@/lib/place';

interface Props {
  // Absent: a new applicant.
  member?: Member;
  reload?: () => Promise<Member | undefined>;
  onDone: (member: Member) => void;
}

export function MemberForm({ member, reload, onDone }: Props) {
  const { t } = useTranslation();
  const { alliance, isStreet } = useWork();
  const toast = useToast();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const branches = useJointBranches();
  const [form] = Form.useForm<Fields>();
  const [problem, setProblem] = useState<unknown>(null);
  const apply = useMutation(MemberService.method.applyMember);
  const update = useMutation(MemberService.method.updateMember);
  const pending = apply.isPending || update.isPending;
  const stale = problem ? explain(problem).reason === 'ETAG_STALE' : false;

  const outcome = {
    onSuccess: (saved: Member) => {
      requestId.done();
      void refresh(queries, MemberService);
      toast({ text: t(member ? 'form.saved' : 'members.created') });
      onDone(saved);
    },
    onError: (error: unknown) =>
      setProblem(placeViolations(form, error, placeAliases) ? null : error),
  };
  const submit = (fields: Fields) => {
    clearErrors(form, form.getFieldsValue());
    setProblem(null);
    const body = toMember(fields);
    if (!member) {
      const id = requestId.idFor(body);
      apply.mutate({ parent: alliance, member: body, requestId: id }, outcome);
      return;
    }
    const paths = changedPaths(fieldsOf(member), fields);
    if (paths.length === 0) {
      onDone(member);
      return;
    }
    const changed = { ...body, name: member.name, etag: member.etag };
    update.mutate(
      { member: changed, updateMask: { paths }, requestId: requestId.idFor(changed) },
      outcome,
    );
  };

  // Takes over what others changed, and keeps what the reader did.
  const merge = async () => {
    const fresh = await reload?.();
    if (!fresh || !member) return;
    form.setFieldsValue(untouched(fieldsOf(member), form.getFieldsValue(), fieldsOf(fresh)));
    setProblem(null);
  };

  return (
    <Form
      form={form}
      name="member"
      layout="vertical"
      className="panel form"
      initialValues={member ? fieldsOf(member) : empty}
      onFinish={submit}
      onValuesChange={(changed) => clearErrors(form, changed)}
      scrollToFirstError={{ focus: true }}
    >
      <MemberFields tier={isStreet} branches={branches} masked={!!member} />
      <Problem error={problem} />
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={pending} data-testid="member-save">
          {t(member ? 'action.save' : 'members.submit')}
        </Button>
        {stale && <Button onClick={merge}>{t('form.reload')}</Button>}
      </div>
    </Form>
  );
}
