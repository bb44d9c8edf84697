import { create } from '@bufbuild/protobuf';
import { Code } from '@connectrpc/connect';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  TermSwap_State,
  TermSwapSchema,
  Unavailability_Strength,
} from '@/gen/jinhuan/alliance/v1/rotation_pb';
import { Supposition_Event } from '@/gen/jinhuan/alliance/v1/rotation_service_pb';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import { longDay } from '@/lib/time';
import { ALLIANCE, type Fake, newFake, refusal } from '@/test/fake';
import { halfYear, unitLabel, unitName, units } from '@/test/fakeRotation';
import { renderAt } from '@/test/renderAt';
import { setPhone } from '@/test/setup';

let fake: Fake;
beforeEach(() => {
  fake = newFake();
  fake.members = units;
});

// The reader's own unit is m1, which has the first term; it gets a later one.
function giveOwnTerm() {
  const own = fake.rotation.terms[4];
  if (!own) throw new Error('no term');
  own.member = unitName(1);
  own.memberDisplayName = unitLabel(1);
}

const block = (n: number, lane = 'published') => {
  const found = document.querySelector<HTMLElement>(
    `[data-lane="${lane}"][data-term="${ALLIANCE}/chairTerms/${halfYear(n)}"]`,
  );
  if (!found) throw new Error(`no block ${n} in ${lane}`);
  return found;
};
const lineThere = () => screen.findByTestId('timeline');

describe('the page of terms', () => {
  it('shows who is in the chair, with adviser and deputy', async () => {
    renderAt('/rotation', fake);
    expect(await screen.findByTestId('now-chair')).toHaveTextContent('unit 3');
    const now = within(screen.getByTestId('now'));
    expect(now.getByText('unit 2')).toBeInTheDocument();
    expect(now.getByText('unit 4')).toBeInTheDocument();
  });

  it('says when nobody is', async () => {
    fake.rotation.terms = [];
    renderAt('/rotation', fake);
    expect(await screen.findByText('尚未产生轮值主席')).toBeInTheDocument();
    expect(await screen.findByText('还没有公布轮值任期')).toBeInTheDocument();
  });

  it('opens the term of the address, and says why it is whose it is', async () => {
    renderAt(`/rotation?term=${halfYear(2)}`, fake);
    expect(await screen.findByTestId('why-summary')).toHaveTextContent('zh why published');
    const [lottery, published, taken] = screen.getAllByTestId('alternative');
    // What lost by the lottery alone costs what the plan costs: the rest is told as
    // the difference from it.
    expect(lottery).not.toHaveTextContent('积分倒置');
    expect(lottery).toHaveTextContent('共 2 个任期换单位');
    expect(published).toHaveTextContent('已公布任期变动 +2 个');
    expect(published).toHaveTextContent('积分倒置 +0.50 个任期');
    expect(taken).toHaveTextContent('本轮已轮到');
  });

  it('is a list of cards on a phone, each of which opens', async () => {
    setPhone(true);
    renderAt('/rotation', fake);
    const cards = await screen.findAllByTestId('term-card');
    expect(cards).toHaveLength(7);
    await userEvent.click(cards[3] as Element);
    expect(await screen.findByTestId('term-detail')).toHaveTextContent('已冻结');
  });

  it('keeps to the reader’s unit when asked', async () => {
    fake.role = Role.LIAISON;
    renderAt('/rotation?unit=mine&view=list', fake);
    expect(await screen.findAllByTestId('term-row')).toHaveLength(1);
  });
});

describe('a swap', () => {
  it('is proposed with two picks and a reason', async () => {
    fake.role = Role.LIAISON;
    giveOwnTerm();
    renderAt(`/rotation/swap?term=${halfYear(2)}`, fake);
    await lineThere();
    // The next term is frozen: it can't be had.
    expect(block(1)).toHaveAttribute('aria-disabled', 'true');
    fireEvent.click(block(1));
    expect(screen.queryByTestId('swap-why')).not.toBeInTheDocument();
    await userEvent.click(block(3));
    await userEvent.type(await screen.findByTestId('swap-why'), 'moving house');
    await userEvent.click(screen.getByTestId('swap-send'));
    await waitFor(() => expect(fake.rotation.proposed).toHaveLength(1));
    expect(fake.rotation.proposed[0]?.swap).toMatchObject({
      term: `${ALLIANCE}/chairTerms/${halfYear(2)}`,
      otherTerm: `${ALLIANCE}/chairTerms/${halfYear(3)}`,
      reason: 'moving house',
    });
  });

  it('wants a reason, and keeps the picks without one', async () => {
    fake.role = Role.LIAISON;
    giveOwnTerm();
    renderAt(`/rotation/swap?term=${halfYear(2)}&with=${halfYear(3)}`, fake);
    await userEvent.click(await screen.findByTestId('swap-send'));
    expect(await screen.findByText('请填写此项')).toBeInTheDocument();
    expect(fake.rotation.proposed).toHaveLength(0);
  });

  const swap = (state: TermSwap_State) =>
    create(TermSwapSchema, {
      name: `${ALLIANCE}/swaps/s1`,
      term: `${ALLIANCE}/chairTerms/${halfYear(3)}`,
      otherTerm: `${ALLIANCE}/chairTerms/${halfYear(2)}`,
      member: unitName(6),
      memberDisplayName: 'unit 6',
      otherMember: unitName(1),
      otherMemberDisplayName: 'unit 1',
      reason: 'please',
      state,
    });

  it('is accepted with one click by the unit that is asked', async () => {
    fake.role = Role.LIAISON;
    giveOwnTerm();
    fake.rotation.swaps = [swap(TermSwap_State.PROPOSED)];
    renderAt('/rotation', fake);
    await userEvent.click(await screen.findByTestId('swap-accept'));
    await waitFor(() => expect(fake.rotation.swaps[0]?.state).toBe(TermSwap_State.ACCEPTED));
    await waitFor(() => expect(screen.queryByTestId('swap-accept')).not.toBeInTheDocument());
  });

  it('is approved with one click by the street, and the timeline moves', async () => {
    fake.role = Role.STREET_ADMIN;
    giveOwnTerm();
    fake.rotation.swaps = [swap(TermSwap_State.ACCEPTED)];
    renderAt('/rotation', fake);
    await lineThere();
    expect(block(2).dataset.member).toBe(unitName(1));
    await userEvent.click(await screen.findByTestId('swap-approve'));
    await waitFor(() => expect(block(2).dataset.member).toBe(unitName(6)));
    expect(block(3).dataset.member).toBe(unitName(1));
  });

  it('waits for nobody else', async () => {
    fake.rotation.swaps = [swap(TermSwap_State.PROPOSED)];
    renderAt('/rotation/swaps', fake);
    expect(await screen.findByTestId('swap')).toBeInTheDocument();
    expect(screen.queryByTestId('swap-accept')).not.toBeInTheDocument();
    expect(screen.queryByTestId('swap-approve')).not.toBeInTheDocument();
  });
});

describe('the workbench', () => {
  it('tells the street to plan again, and why', async () => {
    fake.role = Role.STREET_ADMIN;
    fake.rotation.needsReplan = true;
    renderAt('/workbench', fake);
    expect(await screen.findByTestId('todo-replan')).toHaveTextContent('unit 5 left');
    expect(await screen.findByTestId('acting-chair')).toHaveTextContent('unit 3');
  });

  it('shows a liaison the next turn of the unit, and the way to exchange it', async () => {
    fake.role = Role.LIAISON;
    giveOwnTerm();
    renderAt('/workbench', fake);
    const start = await screen.findByTestId('swap-start');
    expect(start).toHaveAttribute('href', `/rotation/swap?term=${halfYear(2)}`);
  });
});

describe('a unit', () => {
  it('declares until the last day, which the API takes as the day after', async () => {
    fake.role = Role.LIAISON;
    renderAt('/rotation/mine', fake);
    await userEvent.click(await screen.findByTestId('declare'));
    await userEvent.click(await screen.findByTestId('strength-PREFER_NOT'));
    const type = (id: string, value: string) =>
      fireEvent.change(screen.getByTestId(id), { target: { value } });
    type('declare-from', '2027-01-01');
    type('declare-to', '2027-03-31');
    type('declare-reason', 'annual audit');
    await userEvent.click(screen.getByTestId('declare-send'));
    await waitFor(() => expect(fake.rotation.away).toHaveLength(1));
    expect(fake.rotation.away[0]).toMatchObject({
      member: unitName(1),
      strength: Unavailability_Strength.PREFER_NOT,
      endDate: { year: 2027, month: 4, day: 1 },
      reason: 'annual audit',
    });
    expect(await screen.findByTestId('unavailability')).toHaveTextContent(
      `${longDay('2027-01-01', 'zh-CN')} 至 ${longDay('2027-03-31', 'zh-CN')}`,
    );
    await userEvent.click(screen.getByTestId('cancel-unavailability'));
    await waitFor(() => expect(fake.rotation.away).toHaveLength(0));
  });
});

describe('planning', () => {
  beforeEach(() => {
    fake.role = Role.STREET_ADMIN;
  });

  it('plans two years as terms of the charter, and shows each difference with why', async () => {
    renderAt('/rotation/plan', fake);
    const button = await screen.findByTestId('plan');
    expect(screen.getByTestId('plan-terms')).toHaveDisplayValue('2 年（4 个任期）');
    fireEvent.change(screen.getByTestId('plan-terms'), { target: { value: '6' } });
    await userEvent.click(button);
    await waitFor(() => expect(fake.rotation.planned[0]?.termCount).toBe(6));
    await waitFor(() => expect(block(5, 'draft')).toBeInTheDocument());
    expect(await screen.findByTestId('difference')).toHaveTextContent('added because');
    fireEvent.click(block(2, 'draft'));
    expect(await screen.findByTestId('why-summary')).toHaveTextContent('zh why draft');
  });

  it('offers to plan again when the draft is not the one that was looked at', async () => {
    fake.rotation.refusals = [refusal(Code.Aborted, 'ETAG_STALE', 'zh stale')];
    renderAt('/rotation/plan', fake);
    await userEvent.click(await screen.findByTestId('plan'));
    await userEvent.click(await screen.findByTestId('publish'));
    expect(await screen.findByTestId('becomes-public')).toHaveTextContent('4 个任期');
    await userEvent.click(screen.getByTestId('confirm-reason'));
    expect(await screen.findByText('zh stale')).toBeInTheDocument();
    await userEvent.click(await screen.findByTestId('remedy'));
    await waitFor(() => expect(fake.rotation.planned).toHaveLength(2));
    await waitFor(() => expect(screen.queryByTestId('remedy')).not.toBeInTheDocument());
    await userEvent.click(screen.getByTestId('publish'));
    await userEvent.click(await screen.findByTestId('confirm-reason'));
    await waitFor(() => expect(fake.rotation.draft).toBeUndefined());
    expect(fake.rotation.published.map((one) => one.planEtag)).toEqual(['plan-1', 'plan-2']);
    expect(fake.rotation.published[1]?.reason).toBeTruthy();
  });

  it('shows what would be if the address supposes something, and keeps nothing', async () => {
    renderAt('/rotation/plan?if=withdraw.m5&terms=4', fake);
    const count = await screen.findByTestId('what-if-count');
    expect(count.dataset.count).toBe('1');
    expect(screen.getByTestId('what-if-change')).toHaveTextContent('unit 5 → unit 8');
    expect(screen.getByTestId('what-if-change')).toHaveTextContent('changed because');
    expect(block(2, 'if').dataset.marked).toBe('true');
    expect(fake.rotation.planned.every((one) => one.validateOnly)).toBe(true);
    expect(fake.rotation.planned[0]?.suppositions[0]).toMatchObject({
      event: Supposition_Event.WITHDRAW,
      member: unitName(5),
    });
    expect(fake.rotation.draft).toBeUndefined();
  });

  it('says why it must be planned again', async () => {
    fake.rotation.needsReplan = true;
    renderAt('/rotation/plan', fake);
    expect(await screen.findByTestId('needs-replan')).toHaveTextContent('unit 5 left');
  });

  it('lets another unit stand in, found by the rules', async () => {
    renderAt(`/rotation?term=${halfYear(0)}`, fake);
    await userEvent.click(await screen.findByTestId('stand-in'));
    fireEvent.change(screen.getByTestId('stand-in-reason'), { target: { value: 'ill' } });
    await userEvent.click(screen.getByTestId('stand-in-send'));
    await waitFor(() => expect(fake.rotation.terms[2]?.standIns[0]?.reason).toBe('ill'));
    expect(fake.rotation.terms[2]?.standIns[0]?.automatic).toBe(true);
  });
});

describe('the pool', () => {
  it('verifies a revealed seed in the browser', async () => {
    renderAt('/rotation/pool', fake);
    expect(await screen.findAllByTestId('pool-row')).toHaveLength(8);
    // The term that runs is not its last one; credits stand to the same digit.
    const acting = screen.getByRole('row', { name: /unit 3/ });
    await waitFor(() => expect(acting).toHaveTextContent('正在担任'));
    expect(acting).not.toHaveTextContent('上次任期');
    expect(screen.getAllByText('正在担任')).toHaveLength(1);
    expect(screen.getByRole('row', { name: /unit 1/ })).toHaveTextContent('0.00');
    expect(acting).toHaveTextContent('1.00');
    await userEvent.click(screen.getByTestId('verify-seed'));
    expect((await screen.findByTestId('seed-verdict')).dataset.same).toBe('true');
  });

  it('tells a seed that does not fit its commitment', async () => {
    fake.rotation.commitment = 'cd'.repeat(32);
    renderAt('/rotation/pool', fake);
    await userEvent.click(await screen.findByTestId('verify-seed'));
    expect((await screen.findByTestId('seed-verdict')).dataset.same).toBe('false');
    expect(screen.getByTestId('seed-verdict')).toHaveTextContent('不一致');
  });
});
