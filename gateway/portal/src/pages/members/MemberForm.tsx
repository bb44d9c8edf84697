import { useMutation } from '@connectrpc/connect-query';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useWork } from '@/app/session';
import { clearErrors, placeViolations } from '@/components/form';
import { NativeSelect } from '@/components/NativeSelect';
import { Problem } from '@/components/Problem';
import { useToast } from '@/components/Toast';
import type { Member } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { MemberService } from '@/gen/jinhuan/alliance/v1/member_service_pb';
import { organizations, sectors, tiers } from '@/lib/enums';
import { changedPaths, empty, type Fields, fieldsOf, toMember, untouched } from './memberFields';

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
    onError: (error: unknown) => setProblem(placeViolations(form, error) ? null : error),
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

  const needed = { required: true, whitespace: true, message: t('form.needed') };
  const choose = { value: 0, label: t('form.choose') };
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
      <div className="form-grid">
        <Form.Item name="displayName" label={t('members.displayName')} rules={[needed]}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item
          name="sector"
          label={t('members.sectorLabel')}
          required
          rules={[
            {
              validator: async (_, value) => {
                if (!Number(value)) throw new Error(t('form.needed'));
              },
            },
          ]}
        >
          <NativeSelect
            choices={[
              choose,
              ...sectors.map((value) => ({ value, label: t(`members.sector.${value}`) })),
            ]}
          />
        </Form.Item>
        {isStreet && (
          <Form.Item name="tier" label={t('members.tierLabel')}>
            <NativeSelect
              choices={tiers.map((value) => ({ value, label: t(`members.tier.${value}`) }))}
            />
          </Form.Item>
        )}
        <Form.Item name="partyOrganization" label={t('members.organizationLabel')}>
          <NativeSelect
            choices={[
              choose,
              ...organizations.map((value) => ({
                value,
                label: t(`members.organization.${value}`),
              })),
            ]}
          />
        </Form.Item>
        <Form.Item name="partyMemberCount" label={t('members.partyMemberCount')}>
          <Input type="number" min={0} max={1_000_000} inputMode="numeric" />
        </Form.Item>
        <Form.Item name="uscc" label={t('members.uscc')} extra={t('members.usccHint')}>
          <Input maxLength={18} autoCapitalize="characters" spellCheck={false} />
        </Form.Item>
        <Form.Item name="liaisonTitle" label={t('members.liaisonTitle')}>
          <Input maxLength={40} placeholder={t('members.liaisonTitleHint')} />
        </Form.Item>
        <Form.Item
          name="liaisonPhone"
          label={t('members.liaisonPhone')}
          extra={t('members.phoneHint')}
        >
          <Input maxLength={11} inputMode="tel" autoComplete="off" />
        </Form.Item>
        <Form.Item name="address" label={t('members.address')}>
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name="grid" label={t('members.grid')}>
          <Input maxLength={40} />
        </Form.Item>
      </div>
      <Problem error={problem} />
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={pending}>
          {t(member ? 'action.save' : 'members.submit')}
        </Button>
        {stale && <Button onClick={merge}>{t('form.reload')}</Button>}
      </div>
    </Form>
  );
}
