import { useQuery } from '@connectrpc/connect-query';
import { useWork } from '@/app/session';
import { TermSwap_State } from '@/gen/jinhuan/alliance/v1/rotation_pb';
import { RotationService } from '@/gen/jinhuan/alliance/v1/rotation_service_pb';
import { LIVE } from './live';

// The swaps that are under way, and of these the ones that wait for the reader:
// for the unit that is asked, or for the street.
export function useOpenSwaps() {
  const { alliance, member, isLiaison, isStreet } = useWork();
  const on = isLiaison || isStreet;
  const ask = (state: TermSwap_State) => ({ parent: alliance, state, pageSize: 200 });
  const proposed = useQuery(RotationService.method.listSwaps, ask(TermSwap_State.PROPOSED), {
    ...LIVE,
    enabled: on,
  });
  const accepted = useQuery(RotationService.method.listSwaps, ask(TermSwap_State.ACCEPTED), {
    ...LIVE,
    enabled: on,
  });
  const [asked, agreed] = on ? [proposed.data?.swaps ?? [], accepted.data?.swaps ?? []] : [[], []];
  return {
    open: [...asked, ...agreed],
    waiting: [
      ...(isLiaison ? asked.filter((swap) => swap.otherMember === member) : []),
      ...(isStreet ? agreed : []),
    ],
    isPending: on && (proposed.isPending || accepted.isPending),
    error: proposed.error ?? accepted.error,
    refetch: () => Promise.all([proposed.refetch(), accepted.refetch()]),
  };
}
