import { Code } from '@connectrpc/connect';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Member_State, Sector, Tier } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { ImportExisting, MemberOrder } from '@/gen/jinhuan/alliance/v1/member_service_pb';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import { refusal } from '@/test/fake';
import { type FakeMembers, membersTransport, newFakeMembers, unit } from '@/test/fakeMembers';
import { renderAt } from '@/test/renderAt';

let fake: FakeMembers;
beforeEach(() => {
  fake = newFakeMembers();
});

const open = (address: string) => renderAt(address, fake.fake, membersTransport(fake));

describe('the list of members', () => {
  it('asks for what the address says, and the address for what is chosen', async () => {
    fake.members = [unit('a', { jointBranch: 'north' }), unit('b')];
    open('/members?state=active&tier=council&branch=north&order=party&q=ab');
    expect(await screen.findAllByTestId('member-row')).toHaveLength(2);
    const asked = () => fake.listed.filter((one) => one.pageSize === 20).at(-1);
    expect(asked()).toMatchObject({
      state: Member_State.ACTIVE,
      tier: Tier.COUNCIL,
      jointBranch: 'north',
      order: MemberOrder.PARTY_MEMBERS,
      query: 'ab',
    });
    fireEvent.change(screen.getByTestId('filter-sector'), { target: { value: 'finance' } });
    await waitFor(() => expect(asked()?.sector).toBe(Sector.FINANCE));
    expect(asked()?.tier).toBe(Tier.COUNCIL);
  });

  it('keeps filters by a name, and goes back to them', async () => {
    fake.members = [unit('a')];
    open('/members?sector=social');
    fireEvent.click(await screen.findByTestId('save-filter'));
    fireEvent.change(await screen.findByTestId('filter-name'), { target: { value: 'mine' } });
    fireEvent.click(screen.getByTestId('confirm-filter'));
    fireEvent.change(screen.getByTestId('filter-sector'), { target: { value: '' } });
    const saved = await screen.findByTestId('saved-filter');
    expect(saved).not.toHaveAttribute('aria-current');
    fireEvent.click(saved);
    expect(screen.getByTestId('filter-sector')).toHaveValue('social');
    expect(saved).toHaveAttribute('aria-current', 'true');
  });

  it('offers the street alone what only it may do', async () => {
    fake = newFakeMembers(Role.STAFF);
    fake.members = [unit('a')];
    open('/members');
    await screen.findByTestId('member-row');
    expect(screen.queryByTestId('member-import')).toBeNull();
    expect(screen.queryByTestId('copy-apply')).toBeNull();
    expect(screen.queryByTestId('export-members')).toBeNull();
  });
});

describe('a member', () => {
  it('is suspended with a reason; what the server refuses is said and the reason stays', async () => {
    fake.members = [unit('a')];
    fake.refusals = [refusal(Code.FailedPrecondition, 'STATE_WRONG', 'zh wrong state')];
    open('/members/a');
    fireEvent.click(await screen.findByTestId('act-suspend'));
    const reason = await screen.findByTestId('reason');
    expect(screen.getByTestId('confirm-reason')).toBeDisabled();
    fireEvent.change(reason, { target: { value: ' absent ' } });
    fireEvent.click(screen.getByTestId('confirm-reason'));
    expect(await screen.findByText('zh wrong state')).toBeVisible();
    expect(reason).toHaveValue(' absent ');
    fireEvent.click(screen.getByTestId('confirm-reason'));
    expect(await screen.findByTestId('act-reinstate')).toBeVisible();
    expect(fake.acts).toEqual([{ act: 'suspend', name: fake.members[0]?.name, reason: 'absent' }]);
    expect(screen.queryByTestId('act-suspend')).toBeNull();
  });

  it('shows a number for a minute to who says why', async () => {
    fake.members = [unit('a', { liaisonPhone: '138****1234', deputyLiaisonPhone: '139****0000' })];
    open('/members/a');
    fireEvent.click(await screen.findByTestId('reveal'));
    fireEvent.change(await screen.findByTestId('reason'), { target: { value: 'meeting' } });
    vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['setTimeout', 'clearTimeout'] });
    fireEvent.click(screen.getByTestId('confirm-reason'));
    const phone = screen.getByTestId('phone');
    await waitFor(() => expect(phone).toHaveTextContent('13800001234'));
    expect(fake.revealed[0]).toMatchObject({ reason: 'meeting', deputy: false });
    expect(screen.getByTestId('deputy-phone')).toHaveTextContent('139****0000');
    act(() => void vi.advanceTimersByTime(59_000));
    expect(phone).toHaveTextContent('13800001234');
    act(() => void vi.advanceTimersByTime(1_500));
    expect(phone).toHaveTextContent('138****1234');
  });

  it('does not offer staff the number', async () => {
    fake = newFakeMembers(Role.STAFF);
    fake.members = [unit('a', { liaisonPhone: '138****1234' })];
    open('/members/a');
    await screen.findByText('138****1234');
    expect(screen.queryByTestId('reveal')).toBeNull();
  });
});

describe('importing a roster', () => {
  const choose = async (text: string, name = 'roster.csv') => {
    const file = new File([text], name, { type: 'text/csv' });
    fireEvent.change(await screen.findByTestId('roster-file'), { target: { files: [file] } });
  };

  it('shows what is wrong and takes nothing, then takes the mended file', async () => {
    fake.found = {
      rowCount: 2,
      createdCount: 1,
      wrongCount: 1,
      unknownColumns: ['extra'],
      wrongRows: [
        {
          row: 3,
          displayName: 'unit b',
          violations: [
            {
              field: 'uscc column',
              reason: 'USCC_INVALID',
              description: 'en wrong',
              localizedMessage: { locale: 'zh-CN', message: 'zh wrong code' },
            },
          ],
        },
      ],
    };
    open('/members/import');
    await choose('broken');
    const row = await screen.findByTestId('wrong-row');
    expect(row).toHaveTextContent('unit b');
    expect(row).toHaveTextContent('uscc column: zh wrong code');
    expect(screen.getByText(/extra/)).toBeVisible();
    expect(screen.getByTestId('roster-wrong')).toBeVisible();
    expect(screen.queryByTestId('roster-import')).toBeNull();

    fake.found = { rowCount: 2, createdCount: 2 };
    await choose('mended');
    fireEvent.click(await screen.findByTestId('roster-import'));
    expect(await screen.findByTestId('roster-done')).toBeVisible();
    expect(fake.imports.map((one) => one.validateOnly)).toEqual([true, true, false]);
    expect(new TextDecoder().decode(fake.imports[2]?.content)).toBe('mended');
    expect(new Set(fake.imports.map((one) => one.requestId)).size).toBe(3);
  });

  it('checks again when members that are there are to be updated', async () => {
    fake.found = {
      rowCount: 1,
      wrongCount: 1,
      wrongRows: [{ row: 2, violations: [{ field: 'x', reason: 'ALREADY_EXISTS' }] }],
    };
    open('/members/import');
    await choose('again');
    await screen.findByTestId('wrong-row');
    expect(screen.getByText(/请选“用名册更新”/)).toBeVisible();
    fake.found = {
      rowCount: 1,
      updatedCount: 1,
      appliedRows: [{ row: 2, displayName: 'unit b' }],
    };
    fireEvent.click(screen.getByTestId('existing-update'));
    await screen.findByTestId('roster-import');
    expect(screen.getByTestId('applied-rows')).toHaveTextContent('unit b (第 2 行)');
    expect(fake.imports.map((one) => one.existing)).toEqual([
      ImportExisting.REFUSE,
      ImportExisting.UPDATE,
    ]);
  });

  it('does not send what can be no roster', async () => {
    open('/members/import');
    await choose('x', 'photo.png');
    expect(await screen.findByText(/photo\.png/)).toBeVisible();
    await choose('', 'empty.csv');
    expect(await screen.findByText(/empty\.csv/)).toBeVisible();
    expect(fake.imports).toEqual([]);
  });
});

describe('applications', () => {
  it('are admitted at once, or refused with a reason', async () => {
    const state = Member_State.APPLIED;
    fake.members = [unit('a', { state }), unit('b', { state })];
    open('/members/applications');
    const [first, second] = await screen.findAllByTestId('application');
    if (!first || !second) throw new Error('too few');
    fireEvent.click(within(first).getByTestId('act-reject'));
    fireEvent.change(await screen.findByTestId('reason'), { target: { value: 'no branch' } });
    fireEvent.click(screen.getByTestId('confirm-reason'));
    await waitFor(() => expect(screen.getAllByTestId('application')).toHaveLength(1));
    fireEvent.click(screen.getByTestId('approve'));
    await waitFor(() => expect(screen.queryAllByTestId('application')).toEqual([]));
    expect(fake.acts.map((one) => one.act)).toEqual(['reject', 'approve']);
    expect(fake.acts[0]?.reason).toBe('no branch');
  });
});
