// Admits an applicant with one click. The reason stays on record, so it is
// shown with a sensible one in place, and can be changed first.
import { useMutation } from '@connectrpc/connect-query';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useToast } from '@/components/Toast';
import type { Member } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { AllianceService } from '@/gen/jinhuan/alliance/v1/alliance_service_pb';
import { MemberService } from '@/gen/jinhuan/alliance/v1/member_service_pb';

export function Approve({ member }: { member: Member }) {
  const { t } = useTranslation();
  const id = useId();
  const toast = useToast();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const [typed, setTyped] = useState<string | null>(null);
  const approve = useMutation(MemberService.method.approveMember, {
    onSuccess: (approved) => {
      requestId.done();
      toast({ text: t('members.approved', { name: approved.displayName }) });
    },
    onSettled: () => refresh(queries, MemberService, AllianceService),
  });
  const reason = typed ?? t('members.approveReason');
  const go = () => {
    const body = { name: member.name, reason: reason.trim() };
    approve.mutate({ ...body, requestId: requestId.idFor(body) });
  };
  const error = approve.error && explain(approve.error);
  return (
    <div className="approve">
      <div className="approve-line">
        <label htmlFor={id}>{t('members.reason')}</label>
        <Input.TextArea
          rows={1}
          id={id}
          value={reason}
          maxLength={200}
          onChange={(event) => setTyped(event.target.value)}
          status={error ? 'error' : ''}
          data-testid="approve-reason"
        />
        <Button
          type="primary"
          loading={approve.isPending}
          disabled={!reason.trim()}
          onClick={go}
          data-testid="approve"
        >
          {t('members.approve')}
        </Button>
      </div>
      {error && (
        <p className="problem" role="alert">
          {error.violations[0]?.text || error.text}
        </p>
      )}
    </div>
  );
}
