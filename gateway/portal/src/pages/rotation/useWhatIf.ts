import { useQuery } from '@connectrpc/connect-query';
import { keepPreviousData } from '@tanstack/react-query';
import { useMemo } from 'react';
import { newRequestId } from '@/api/requestId';
import { useWork } from '@/app/session';
import { useRotation } from '@/components/rotation/useRotation';
import { RotationService } from '@/gen/jinhuan/alliance/v1/rotation_service_pb';
import { apiDate } from '@/lib/date';
import { isDay } from '@/lib/time';
import { type Guess, readGuess, toSupposition } from './supposition';
import { useSearch } from './useSearch';

// The plan that would be if what the address supposes came true; from `firstDay` on
// where nothing is published yet. Nothing is kept. Asks once it is `ready`: once it is
// known what is planned and published.
export function useWhatIf(ready: boolean, termCount = 0, firstDay = '') {
  const { alliance } = useWork();
  const search = useSearch();
  const written = search.all('if').slice(0, 20);
  const guesses = written.map(readGuess).filter((one): one is Guess => one !== null);
  const etag = useRotation().data?.etag;
  const count = termCount || Number(search.get('terms')) || 4;
  // A question of its own for each state of the rotation: an answer that the server
  // remembers by this id must not outlive it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what makes it another question
  const requestId = useMemo(newRequestId, [written.join(), count, firstDay, etag]);
  const query = useQuery(
    RotationService.method.planRotation,
    {
      parent: alliance,
      termCount: count,
      firstDate: isDay(firstDay) ? apiDate(firstDay) : undefined,
      validateOnly: true,
      suppositions: guesses.map((guess) => toSupposition(guess, alliance)),
      requestId,
    },
    { enabled: ready && guesses.length > 0, staleTime: 60_000, placeholderData: keepPreviousData },
  );
  return {
    guesses,
    written,
    plan: guesses.length > 0 && !query.error ? query.data : undefined,
    isPending: query.isFetching,
    error: guesses.length > 0 ? query.error : null,
    set: (next: readonly string[]) => search.setAll('if', next),
  };
}
