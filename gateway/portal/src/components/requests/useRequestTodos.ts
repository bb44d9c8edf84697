import { useQuery } from '@connectrpc/connect-query';
import { useWork } from '@/app/session';
import { Request_State } from '@/gen/jinhuan/meeting/v1/request_pb';
import {
  RequestService,
  RequestUrgency,
  RequestView,
} from '@/gen/jinhuan/meeting/v1/request_service_pb';

// What requests want of the reader: the street dispatches; the street and the unit that has
// one see it when its time is nearly over.
export function useRequestTodos() {
  const { alliance, member, isLiaison, isStreet } = useWork();
  const unit = !isStreet && isLiaison && member !== '';
  const ask = (state: Request_State, urgency: RequestUrgency) => ({
    parent: alliance,
    view: isStreet ? RequestView.ALLIANCE : RequestView.UNIT,
    member: isStreet ? '' : member,
    state,
    urgency,
    pageSize: 10,
  });
  const when = (enabled: boolean) => ({ refetchInterval: 60_000, enabled });
  const { listRequests } = RequestService.method;
  const any = RequestUrgency.UNSPECIFIED;
  const received = useQuery(listRequests, ask(Request_State.RECEIVED, any), when(isStreet));
  const classified = useQuery(listRequests, ask(Request_State.CLASSIFIED, any), when(isStreet));
  const fresh = useQuery(listRequests, ask(Request_State.DISPATCHED, any), when(unit));
  const soon = useQuery(
    listRequests,
    ask(Request_State.UNSPECIFIED, RequestUrgency.SOON),
    when(isStreet || unit),
  );
  const queries = [
    ...(isStreet ? [received, classified] : []),
    ...(unit ? [fresh] : []),
    ...(isStreet || unit ? [soon] : []),
  ];
  // One that is new and late at once is one.
  const byName = new Map(
    queries.flatMap((query) => (query.data?.requests ?? []).map((one) => [one.name, one])),
  );
  return {
    requests: [...byName.values()],
    total: byName.size,
    isPending: queries.some((query) => query.isPending),
    error: queries.find((query) => query.error)?.error ?? null,
    refetch: () => Promise.all(queries.map((query) => query.refetch())),
  };
}
