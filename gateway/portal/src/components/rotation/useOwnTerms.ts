import { useWork } from '@/app/session';
import { ms } from '@/lib/time';
import { phaseOf } from './model';
import { useTerms } from './useTerms';

// The terms of the reader's own unit that are not over, and of these the ones that
// it may offer for a swap.
export function useOwnTerms() {
  const { member } = useWork();
  const query = useTerms();
  const own = (query.data?.chairTerms ?? [])
    .filter((term) => member && term.member === member)
    .filter((term) => ms(term.endTime) > Date.now());
  return {
    own,
    swappable: own.filter((term) => phaseOf(term) === 'published'),
    isPending: query.isPending,
  };
}
