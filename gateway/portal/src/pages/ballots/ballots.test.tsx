import { create } from '@bufbuild/protobuf';
import { createRouterTransport, type Transport } from '@connectrpc/connect';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { digestOf } from '@/components/ballots/paper';
import { ItemKind, VoteBase } from '@/gen/jinhuan/alliance/v1/charter_pb';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import {
  type Ballot,
  Ballot_Outcome,
  Ballot_State,
  BallotSchema,
  Choice,
  type Elector,
  ElectorSchema,
  type Paper,
} from '@/gen/jinhuan/meeting/v1/ballot_pb';
import { BallotService } from '@/gen/jinhuan/meeting/v1/ballot_service_pb';
import { newSigner } from '@/test/blindSigner';
import { ALLIANCE, fakeTransport, MEMBER, newFake } from '@/test/fake';
import { renderAt } from '@/test/renderAt';

const NAME = `${ALLIANCE}/meetings/m/ballots/b`;

function newBallot(secret: boolean): Ballot {
  return create(BallotSchema, {
    name: NAME,
    question: 'question',
    kind: ItemKind.PERSONNEL,
    rule: {
      secret,
      quorum: { numerator: 1, denominator: 2 },
      majority: { numerator: 1, denominator: 2 },
      majorityBase: VoteBase.PRESENT,
    },
    state: secret ? Ballot_State.DRAWING : Ballot_State.OPEN,
    count: {
      entitledUnits: 4,
      presentUnits: 3,
      quorumUnits: 2,
      presentVotes: 3n,
      entitledVotes: 4n,
      neededVotes: 2n,
    },
  });
}

// The portal on the ballot's page, before a service that has this one ballot.
async function show(ballot: Ballot, elector: Elector) {
  const signer = await newSigner();
  ballot.publicKey = signer.der;
  const papers: Paper[] = [];
  const own = createRouterTransport(({ service }) => {
    service(BallotService, {
      getBallot: () => ballot,
      listElectors: () => ({ electors: [elector] }),
      castVote: (request) => {
        elector.choice = request.choice;
        return elector;
      },
      drawPaper: (request) => ({ blindSignature: signer.sign(request.blindedMessage) }),
      castPaper: (request) => {
        if (request.paper) papers.push(request.paper);
        return {};
      },
      listPapers: () => ({ papers }),
    });
  });
  const fake = newFake();
  fake.role = Role.LIAISON;
  const others = fakeTransport(fake);
  const transport: Transport = {
    stream: others.stream,
    unary: (method, ...rest) =>
      (method.parent === BallotService ? own : others).unary(method, ...rest),
  } as Transport;
  const page = () => renderAt('/meetings/m/ballots/b', fake, transport);
  return { page, papers };
}

const elector = () =>
  create(ElectorSchema, {
    name: `${NAME}/electors/m1`,
    member: MEMBER,
    memberDisplayName: 'unit',
    votes: 1,
    present: true,
  });

describe('a ballot', () => {
  it('takes a named vote and shows which it was', async () => {
    const { page } = await show(newBallot(false), elector());
    page();
    fireEvent.click(await screen.findByTestId(`vote-${Choice.AGAINST}`));
    await waitFor(() =>
      expect(screen.getByTestId(`vote-${Choice.AGAINST}`)).toHaveAttribute('aria-pressed', 'true'),
    );
  });

  it('says why who has not checked in cannot vote', async () => {
    const { page } = await show(newBallot(false), { ...elector(), present: false });
    page();
    await screen.findByTestId('ballot-meter');
    await waitFor(() => expect(document.querySelector('.banner')).not.toBeNull());
    expect(screen.queryByTestId(`vote-${Choice.FOR}`)).toBeNull();
  });

  it('draws a paper, casts it, and finds it in the box', async () => {
    const ballot = newBallot(true);
    const { page, papers } = await show(ballot, elector());
    const first = page();
    fireEvent.click(await screen.findByTestId('draw'));
    await screen.findByTestId('paper-drawn');
    first.unmount();

    ballot.state = Ballot_State.OPEN;
    const second = page();
    fireEvent.click(await screen.findByTestId(`mark-${Choice.FOR}`));
    fireEvent.click(screen.getByTestId('cast'));
    await screen.findByTestId('paper-cast');
    expect(papers).toHaveLength(1);
    second.unmount();

    ballot.state = Ballot_State.CLOSED;
    ballot.outcome = Ballot_Outcome.CARRIED;
    if (ballot.count) ballot.count.forVotes = 1n;
    ballot.papersDigest = await digestOf(papers).then((digest) => digest.slice());
    const third = page();
    fireEvent.click(await screen.findByTestId('check'));
    const findings = await screen.findByTestId('findings');
    expect(findings).toHaveAttribute('data-own', 'found');
    expect(findings).toHaveAttribute('data-fine', 'true');
    third.unmount();

    papers.pop(); // someone takes it out of the box
    page();
    fireEvent.click(await screen.findByTestId('check'));
    expect(await screen.findByTestId('findings')).toHaveAttribute('data-own', 'missing');
    expect(screen.getByTestId('findings')).toHaveAttribute('data-fine', 'false');
  }, 30_000);
});
