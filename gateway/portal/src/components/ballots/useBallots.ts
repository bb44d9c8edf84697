// What is read of ballots, and what is done to them.
import type { DescMessage, DescMethodUnary, MessageShape } from '@bufbuild/protobuf';
import { useQuery } from '@connectrpc/connect-query';
import { useEffect, useRef } from 'react';
import { useActOf } from '@/api/useAct';
import { useWork } from '@/app/session';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import { type Ballot, Ballot_State } from '@/gen/jinhuan/meeting/v1/ballot_pb';
import { BallotService } from '@/gen/jinhuan/meeting/v1/ballot_service_pb';

export const isRunning = (ballot: Ballot) =>
  ballot.state === Ballot_State.DRAWING || ballot.state === Ballot_State.OPEN;

const OFTEN = 2_000;
const SELDOM = 15_000;

export function useBallot(name: string) {
  return useQuery(
    BallotService.method.getBallot,
    { name },
    { refetchInterval: ({ state }) => (state.data && isRunning(state.data) ? OFTEN : SELDOM) },
  );
}

export function useBallots(meeting: string) {
  return useQuery(
    BallotService.method.listBallots,
    { parent: meeting, pageSize: 200 },
    { refetchInterval: 5_000 },
  );
}

// Those of a meeting that is watched: what runs is as it is `told`; the others are read again
// when one begins or ends.
export function useToldBallots(meeting: string, told: Ballot[]) {
  const query = useBallots(meeting);
  const { refetch } = query;
  const running = told.map(({ name, state }) => `${name} ${state}`).join();
  const read = useRef(running);
  useEffect(() => {
    if (read.current === running) return;
    read.current = running;
    void refetch();
  }, [running, refetch]);
  const names = new Set(told.map(({ name }) => name));
  const others = (query.data?.ballots ?? []).filter(({ name }) => !names.has(name));
  // The latest first, as the others are.
  return [...told.toReversed(), ...others];
}

export function useRoll(ballot: Ballot, enabled: boolean) {
  const query = useQuery(
    BallotService.method.listElectors,
    { parent: ballot.name, pageSize: 1000 },
    { enabled, refetchInterval: isRunning(ballot) ? 5_000 : false },
  );
  return { ...query, roll: query.data?.electors ?? [] };
}

// Whether the reader runs the meeting: the chair's liaison, or the street.
export function useRuns(): boolean {
  const { roles, isStreet } = useWork();
  return isStreet || roles.has(Role.CHAIR);
}

export function useBallotAct<I extends DescMessage, O extends DescMessage>(
  method: DescMethodUnary<I, O>,
  said: (answer: MessageShape<O>) => string,
) {
  return useActOf(method, [BallotService], said);
}
