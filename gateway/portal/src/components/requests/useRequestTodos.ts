import { useQuery } from '@connectrpc/connect-query';
import { useWork } from '@/app/session';
import { type Request, Request_State } from '@/gen/jinhuan/meeting/v1/request_pb';
import {
  RequestService,
  RequestUrgency,
  RequestView,
} from '@/gen/jinhuan/meeting/v1/request_service_pb';
import { ms } from '@/lib/time';

// What requests want of the reader: who reported rates what was done; the street dispatches; the street sees
// what is nearly late; the unit has those that it got and works on in sight as long as their clock runs.
export function useRequestTodos() {
  const { alliance, member, isLiaison, isStreet } = useWork();
  const unit = !isStreet && isLiaison && member !== '';
  const ask = (state: Request_State, urgency: RequestUrgency) => ({
    parent: alliance,
    view: isStreet ? RequestView.ALLIANCE : RequestView.UNIT,
    member: isStreet ? '' : member,
    state,
    urgency,
    pageSize: isStreet ? 10 : 100,
  });
  const when = (enabled: boolean) => ({ refetchInterval: 60_000, enabled });
  const { listRequests } = RequestService.method;
  const any = RequestUrgency.UNSPECIFIED;
  const received = useQuery(listRequests, ask(Request_State.RECEIVED, any), when(isStreet));
  const classified = useQuery(listRequests, ask(Request_State.CLASSIFIED, any), when(isStreet));
  const fresh = useQuery(listRequests, ask(Request_State.DISPATCHED, any), when(unit));
  const underWay = useQuery(listRequests, ask(Request_State.IN_PROGRESS, any), when(unit));
  const soon = useQuery(
    listRequests,
    ask(Request_State.UNSPECIFIED, RequestUrgency.SOON),
    when(isStreet || unit),
  );
  const done = useQuery(
    listRequests,
    { parent: alliance, view: RequestView.OWN, state: Request_State.RESOLVED, pageSize: 10 },
    when(true),
  );
  const queries = [
    done,
    ...(isStreet ? [received, classified] : []),
    ...(unit ? [fresh, underWay] : []),
    ...(isStreet || unit ? [soon] : []),
  ];
  // One that is new and late at once is one.
  const byName = new Map(
    queries.flatMap((query) => (query.data?.requests ?? []).map((one) => [one.name, one])),
  );
  const dueOf = ({ dueTime }: Request) => (dueTime ? ms(dueTime) : Number.POSITIVE_INFINITY);
  return {
    // What is due first comes first.
    requests: [...byName.values()].sort((a, b) => (dueOf(a) < dueOf(b) ? -1 : 1)),
    total: byName.size,
    isPending: queries.some((query) => query.isPending),
    error: queries.find((query) => query.error)?.error ?? null,
    refetch: () => Promise.all(queries.map((query) => query.refetch())),
  };
}
