import { create } from '@bufbuild/protobuf';
import { expect, test } from 'vitest';
import { ItemKind } from '@/gen/jinhuan/alliance/v1/charter_pb';
import { Ballot_Outcome, Ballot_State, BallotSchema } from '@/gen/jinhuan/meeting/v1/ballot_pb';
import { MeetingSchema } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { obstacleOf } from './obstacles';

const closed = (name: string, agendaItem: string, outcome: Ballot_Outcome) =>
  create(BallotSchema, { name, agendaItem, outcome, state: Ballot_State.CLOSED });
const lost = (name: string, item: string) => closed(name, item, Ballot_Outcome.REJECTED);
const won = (name: string, item: string) => closed(name, item, Ballot_Outcome.CARRIED);
const meeting = create(MeetingSchema, {
  agendaItems: [
    { id: 'major', kind: ItemKind.MAJOR },
    { id: 'plain', kind: ItemKind.ORDINARY },
  ],
});
const about = (agendaItem: string, ballot = '', apartFromVotes = false) => ({
  agendaItem,
  ballot,
  apartFromVotes,
});

test('the vote on its item decides, the one that it cites before the last', () => {
  const ballots = [lost('2', 'plain'), won('1', 'plain')];
  expect(obstacleOf(about('plain'), meeting, ballots)).toBe('lost');
  expect(obstacleOf(about('plain', '1'), meeting, ballots)).toBeUndefined();
  const open = create(BallotSchema, { agendaItem: 'plain', state: Ballot_State.OPEN });
  expect(obstacleOf(about('plain'), meeting, [open])).toBe('running');
});

test('an important matter needs a vote, an ordinary one none', () => {
  expect(obstacleOf(about('major'), meeting, [])).toBe('unvoted');
  expect(obstacleOf(about('major'), meeting, [won('1', 'major')])).toBeUndefined();
  expect(obstacleOf(about('plain'), meeting, [])).toBeUndefined();
});

test('one without an item says whether it is about a vote that was lost', () => {
  const ballots = [lost('1', 'major')];
  expect(obstacleOf(about(''), meeting, ballots)).toBe('unnamed');
  expect(obstacleOf(about('', '', true), meeting, ballots)).toBeUndefined();
  expect(obstacleOf(about(''), meeting, [won('2', 'major'), ...ballots])).toBeUndefined();
});
