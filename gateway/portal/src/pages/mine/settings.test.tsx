import { Code } from '@connectrpc/connect';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import { newFake, refusal } from '@/test/fake';
import { accountsTransport, type FakeAccounts, newFakeAccounts } from '@/test/fakeAccounts';
import { renderAt } from '@/test/renderAt';

const open = (address: string, fake: FakeAccounts) =>
  renderAt(address, newFake(), accountsTransport(fake));
const type = (testId: string, value: string) =>
  fireEvent.change(screen.getByTestId(testId), { target: { value } });

describe('a password that must be changed', () => {
  const change = (password: string) => {
    type('old-password', 'given');
    type('new-password', password);
    type('password-again', password);
    fireEvent.click(screen.getByTestId('change-password'));
  };

  it('allows nothing else, and then goes on to where the reader wanted to', async () => {
    const fake = { ...newFakeAccounts(Role.SYSTEM_ADMIN), mustChange: true };
    fake.refusals = [
      refusal(Code.InvalidArgument, 'PASSWORD_WEAK', 'zh weak'),
      refusal(Code.InvalidArgument, 'PASSWORD_USED_BEFORE', 'zh used'),
    ];
    open('/alliances', fake);
    expect(await screen.findByTestId('forced-change')).toBeVisible();
    expect(screen.queryByRole('navigation')).toBeNull();
    expect(await screen.findByText('zh policy')).toBeVisible();
    change('short');
    expect(await screen.findByText('zh weak')).toBeVisible();
    change('the old one');
    expect(await screen.findByText('zh used')).toBeVisible();
    change('a much better one');
    expect(await screen.findByTestId('alliance-row')).toBeVisible();
    expect(screen.queryByTestId('forced-change')).toBeNull();
    expect(fake.changed.map((one) => one.newPassword)).toEqual([
      'short',
      'the old one',
      'a much better one',
    ]);
  });
});

describe('the settings', () => {
  it('mark this device, and sign out another', async () => {
    const fake = newFakeAccounts(Role.AUDIT_ADMIN);
    open('/mine/settings', fake);
    const here = await screen.findByTestId('session-current');
    expect(within(here).queryByTestId('end-session')).toBeNull();
    const there = screen.getByTestId('session');
    expect(there).toHaveTextContent('Chrome · Windows');
    fireEvent.click(within(there).getByTestId('end-session'));
    await waitFor(() => expect(screen.queryByTestId('session')).toBeNull());
    expect(fake.revoked).toEqual(['users/me/sessions/there']);
    expect(screen.queryByTestId('end-sessions')).toBeNull();
  });

  it('show the calendar address once, whole, and end it', async () => {
    const fake = newFakeAccounts(Role.AUDIT_ADMIN);
    open('/mine/settings', fake);
    await waitFor(() => expect(screen.getByTestId('calendar-state')).toHaveTextContent('还没有'));
    fireEvent.click(screen.getByTestId('make-calendar'));
    expect(await screen.findByTestId('calendar-address')).toHaveTextContent(
      `${window.location.origin}/calendars/secret.ics`,
    );
    fireEvent.click(await screen.findByTestId('revoke-calendar'));
    await waitFor(() => expect(screen.queryByTestId('calendar-address')).toBeNull());
    await waitFor(() => expect(screen.queryByTestId('revoke-calendar')).toBeNull());
  });
});
