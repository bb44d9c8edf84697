// What the street may do with a unit, by where it is in its life.
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useMutation } from '@/api/useMutation';
import { useToast } from '@/components/Toast';
import { type Member, Member_State } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { AllianceService } from '@/gen/jinhuan/alliance/v1/alliance_service_pb';
import { MemberService } from '@/gen/jinhuan/alliance/v1/member_service_pb';

const { method } = MemberService;
const calls = {
  approve: method.approveMember,
  reject: method.rejectMember,
  suspend: method.suspendMember,
  reinstate: method.reinstateMember,
  withdraw: method.withdrawMember,
};

export type Act = keyof typeof calls;

export const actsIn: Partial<Record<Member_State, Act[]>> = {
  [Member_State.APPLIED]: ['approve', 'reject'],
  [Member_State.ACTIVE]: ['suspend', 'withdraw'],
  [Member_State.SUSPENDED]: ['reinstate', 'withdraw'],
};

export const isDanger = (act: Act) => act === 'reject' || act === 'withdraw';

export function useAct(act: Act, member: Member, onDone?: () => void) {
  const { t } = useTranslation();
  const toast = useToast();
  const queries = useQueryClient();
  const requestId = useRequestId();
  // Each takes a name and a reason, and gives the unit.
  const mutation = useMutation(calls[act] as typeof method.rejectMember, {
    onSuccess: (changed) => {
      requestId.done();
      toast({ text: t(`members.act.${act}.done`, { name: changed.displayName }) });
      onDone?.();
    },
    onSettled: () => refresh(queries, MemberService, AllianceService),
  });
  return {
    go(reason: string): void {
      const body = { name: member.name, reason };
      mutation.mutate({ ...body, requestId: requestId.idFor(body) });
    },
    busy: mutation.isPending,
    error: mutation.error,
  };
}
