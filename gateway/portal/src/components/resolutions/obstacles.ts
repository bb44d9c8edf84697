// What keeps a meeting from being closed over a resolution, by the rules that the server goes by.
import { isRunning } from '@/components/ballots/useBallots';
import { ItemKind } from '@/gen/jinhuan/alliance/v1/charter_pb';
import { type Ballot, Ballot_Outcome, Ballot_State } from '@/gen/jinhuan/meeting/v1/ballot_pb';
import type { Meeting } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import type { Resolution } from '@/gen/jinhuan/meeting/v1/resolution_pb';

type About = Pick<Resolution, 'agendaItem' | 'ballot' | 'apartFromVotes'>;

const byVote: readonly ItemKind[] = [ItemKind.MAJOR, ItemKind.CHARTER, ItemKind.PERSONNEL];

const carried = (ballot: Ballot) => ballot.outcome === Ballot_Outcome.CARRIED;

// Whether a vote that was not carried stands; `ballots`: the latest first.
export const lostAny = (ballots: readonly Ballot[]): boolean =>
  ballots.some((one) => {
    if (one.state !== Ballot_State.CLOSED) return false;
    const last = ballots.find(
      (other) => other.state === Ballot_State.CLOSED && other.agendaItem === one.agendaItem,
    );
    return !carried(one.agendaItem && last ? last : one);
  });

export function obstacleOf(
  about: About,
  { agendaItems }: Pick<Meeting, 'agendaItems'>,
  ballots: readonly Ballot[],
): 'running' | 'lost' | 'unvoted' | 'unnamed' | undefined {
  const basis = ballots.find((one) =>
    about.ballot
      ? one.name === about.ballot
      : about.agendaItem &&
        one.agendaItem === about.agendaItem &&
        one.state !== Ballot_State.CANCELLED,
  );
  if (basis) {
    if (carried(basis)) return undefined;
    return isRunning(basis) ? 'running' : 'lost';
  }
  const item = agendaItems.find(({ id }) => id === about.agendaItem);
  if (item) return byVote.includes(item.kind) ? 'unvoted' : undefined;
  return !about.apartFromVotes && lostAny(ballots) ? 'unnamed' : undefined;
}
