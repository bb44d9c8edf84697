import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { User_State } from '@/gen/jinhuan/alliance/v1/user_service_pb';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import { newFake } from '@/test/fake';
import {
  accountsTransport,
  entry,
  type FakeAccounts,
  newFakeAccounts,
  person,
} from '@/test/fakeAccounts';
import { renderAt } from '@/test/renderAt';
import { homeOf } from './services';

const open = (address: string, fake: FakeAccounts) =>
  renderAt(address, newFake(), accountsTransport(fake));

const journal = () => {
  const fake = newFakeAccounts(Role.AUDIT_ADMIN);
  const states = [User_State.ACTIVE, User_State.DISABLED];
  fake.entries = [1, 2, 3, 4, 5].map((number) =>
    entry(
      number,
      person(number < 5 ? 'zhang' : 'li', { state: states[number % 2] }),
      person(number < 5 ? 'zhang' : 'li', { state: states[(number + 1) % 2] }),
    ),
  );
  return fake;
};

describe('the journal', () => {
  it('is filtered by the address and turned page by page', async () => {
    open('/journal?resource=users%2Fzhang', journal());
    expect(await screen.findAllByTestId('entry-row')).toHaveLength(2);
    fireEvent.click(screen.getByTestId('next-page'));
    expect(await screen.findByRole('cell', { name: '4' })).toBeVisible();
    expect(screen.queryByTestId('next-page')).toBeNull();
  });

  it('opens one entry by its address, and says what changed', async () => {
    open('/journal/alliance/3', journal());
    const state = await screen.findByTestId('field-state');
    expect(state).toHaveAttribute('data-changed', 'true');
    expect(
      within(state)
        .getAllByRole('cell')
        .map((one) => one.textContent),
    ).toEqual(['已停用', '正常']);
    expect(screen.getByTestId('field-login')).toHaveAttribute('data-changed', 'false');
    expect(screen.getByText('left')).toBeVisible();
    expect(screen.getByTestId('same-resource')).toHaveAttribute(
      'href',
      '/journal?service=alliance&resource=users%2Fzhang',
    );
  });

  it('opens an entry whose content is broken, to find that out', async () => {
    const fake = journal();
    const broken = fake.entries[2]?.after;
    if (broken) broken.value = Uint8Array.of(255);
    open('/journal/alliance/3', fake);
    expect(await screen.findByTestId('verify')).toBeVisible();
    expect(screen.getByTestId('field-login')).toBeVisible();
  });

  it('does not have what is past its end', async () => {
    open('/journal/alliance/6', journal());
    expect(await screen.findByRole('heading', { level: 1 })).toHaveTextContent('找不到页面');
  });

  it('is searched by number', async () => {
    open('/journal?number=5', journal());
    expect(await screen.findAllByTestId('entry-row')).toHaveLength(1);
    expect(screen.getByTestId('entry')).toHaveAttribute('href', '/journal/alliance/5');
  });

  it('is that of the service in which a resource lies', () => {
    expect(homeOf('alliances/a/facilities/f/windows/w')).toBe('resource');
    expect(homeOf('alliances/a/passes/p')).toBe('resource');
    expect(homeOf('alliances/a/meetings/m/ballots/b')).toBe('meeting');
    expect(homeOf('alliances/a/topics/t')).toBe('meeting');
    expect(homeOf('alliances/a/dispatchTable')).toBe('meeting');
    expect(homeOf('users/u/mailSettings')).toBe('meeting');
    expect(homeOf('users/u')).toBe('alliance');
    expect(homeOf('alliances/a/members/m')).toBe('alliance');
  });

  const outcome = async () => (await screen.findByTestId('verdict')).dataset.outcome;
  const historyOutcome = () => screen.getByTestId('check-history').dataset.outcome;

  it('is verified, and remembers what it was', async () => {
    const fake = journal();
    const first = open('/journal/alliance/3', fake);
    fireEvent.click(await screen.findByTestId('verify'));
    expect(await outcome()).toBe('good');
    expect(historyOutcome()).toBe('first');
    first.unmount();
    open('/journal/alliance/4', fake);
    fireEvent.click(await screen.findByTestId('verify'));
    expect(await outcome()).toBe('good');
    expect(historyOutcome()).toBe('good');
  });

  it('is found rewritten, and begins anew only when told to', async () => {
    const fake = journal();
    const first = open('/journal/alliance/3', fake);
    fireEvent.click(await screen.findByTestId('verify'));
    expect(await outcome()).toBe('good');
    first.unmount();
    fake.entries = [...fake.entries].reverse();
    fake.log = null;
    open('/journal/alliance/3', fake);
    fireEvent.click(await screen.findByTestId('verify'));
    expect(await outcome()).toBe('bad');
    fireEvent.click(screen.getByTestId('trust-anew'));
    await waitFor(() => expect(screen.getByTestId('verdict').dataset.outcome).toBe('good'));
  });
});
