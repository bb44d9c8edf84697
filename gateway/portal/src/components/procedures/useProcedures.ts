// What is read of procedures, and what is done to them.
import type { DescMessage, DescMethodUnary, MessageShape } from '@bufbuild/protobuf';
import { useQuery } from '@connectrpc/connect-query';
import { useActOf } from '@/api/useAct';
import { useWork } from '@/app/session';
import { Procedure_State } from '@/gen/jinhuan/meeting/v1/procedure_pb';
import { ProcedureService } from '@/gen/jinhuan/meeting/v1/procedure_service_pb';

export const procedureStateIn: Record<string, Procedure_State> = {
  running: Procedure_State.RUNNING,
  completed: Procedure_State.COMPLETED,
  stopped: Procedure_State.STOPPED,
};

export const procedureTag: Record<Procedure_State, string> = {
  [Procedure_State.UNSPECIFIED]: '',
  [Procedure_State.RUNNING]: 'tag-applied',
  [Procedure_State.COMPLETED]: 'tag-confirmed',
  [Procedure_State.STOPPED]: '',
};

export function useTemplates() {
  const { alliance } = useWork();
  return useQuery(ProcedureService.method.listProcedureTemplates, {
    parent: alliance,
    pageSize: 1000,
  });
}

export function useProcedureAct<I extends DescMessage, O extends DescMessage>(
  method: DescMethodUnary<I, O>,
  said: (answer: MessageShape<O>) => string,
) {
  return useActOf(method, [ProcedureService], said);
}
