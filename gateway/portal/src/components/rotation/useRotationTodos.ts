import { useWork } from '@/app/session';
import { useOpenSwaps } from './useOpenSwaps';
import { useRotation } from './useRotation';

// What the rotation wants of the reader: swaps to answer or to decide, and for the
// street to plan again.
export function useRotationTodos() {
  const { isStreet } = useWork();
  const swaps = useOpenSwaps();
  const rotation = useRotation({ enabled: isStreet });
  const replan = isStreet && !!rotation.data?.needsReplan;
  return {
    swaps: swaps.waiting,
    replan,
    reasons: (replan && rotation.data?.replanReasons) || [],
    // A draft that takes the changes in waits to be published.
    drafted: replan && !!rotation.data?.draft && !rotation.data.draft.stale,
    total: swaps.waiting.length + (replan ? 1 : 0),
    isPending: swaps.isPending || (isStreet && rotation.isPending),
    error: swaps.error ?? (isStreet ? rotation.error : null),
    refetch: () => Promise.all([swaps.refetch(), rotation.refetch()]),
  };
}
