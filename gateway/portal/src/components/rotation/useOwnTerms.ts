import { useWork } from '@/app/session';
import { ms } from '@/lib/time';
import { phaseOf } from './model';
import { useTerms } from './useTerms';

// The terms of the liaison's own unit that are not over, and of these the ones that
// it may offer for a swap.
export function useOwnTerms() {
  const { member, isLiaison } = useWork();
  const query = useTerms({ member, enabled: isLiaison });
  const own = ((isLiaison && query.data?.chairTerms) || []).filter(
    (term) => ms(term.endTime) > Date.now(),
  );
  return {
    own,
    swappable: own.filter((term) => phaseOf(term) === 'published'),
    isPending: isLiaison && query.isPending,
  };
}
