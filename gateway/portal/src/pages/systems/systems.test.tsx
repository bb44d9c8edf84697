import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ServiceAccount_State } from '@/gen/jinhuan/alliance/v1/user_service_pb';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import { newFake } from '@/test/fake';
import { accountsTransport, type FakeAccounts, newFakeAccounts, system } from '@/test/fakeAccounts';
import { renderAt } from '@/test/renderAt';

const open = (address: string, fake: FakeAccounts) =>
  renderAt(address, newFake(), accountsTransport(fake));

describe('a system', () => {
  it('gets a new secret while the old one stays good, shown once', async () => {
    const fake = newFakeAccounts(Role.SYSTEM_ADMIN);
    fake.systems = [system('s1')];
    open('/systems/s1', fake);
    fireEvent.click(await screen.findByTestId('rotate'));
    fireEvent.change(await screen.findByTestId('overlap'), { target: { value: 3_600_000 } });
    fireEvent.click(screen.getByTestId('confirm-rotate'));
    expect(await screen.findByTestId('client-secret')).toHaveTextContent('new-secret');
    expect(fake.rotated[0]?.keepOld?.seconds).toBe(3600n);
  });

  it('says so when the secret did not arrive', async () => {
    const fake = newFakeAccounts(Role.SYSTEM_ADMIN);
    fake.systems = [system('s1')];
    // As after a lost answer: the repeated one lacks the secret.
    fake.rotated.push({} as never);
    open('/systems/s1', fake);
    fireEvent.click(await screen.findByTestId('rotate'));
    fireEvent.click(await screen.findByTestId('confirm-rotate'));
    expect(await screen.findByText(/密钥没有送达/)).toBeVisible();
    expect(screen.queryByTestId('client-secret')).toBeNull();
  });

  it('is limited to what is ticked and typed; a wider scope takes in the narrower', async () => {
    const fake = newFakeAccounts(Role.SECURITY_ADMIN);
    const service = 'jinhuan.alliance.v1.MemberService';
    fake.systems = [system('s1', { scopes: [`${service}/ListMembers`, 'other.v1.Thing'] })];
    open('/systems/s1', fake);
    expect(await screen.findByTestId(`scope-${service}/ListMembers`)).toBeChecked();
    expect(screen.getByTestId('scopes-typed')).toHaveValue('other.v1.Thing');
    expect(screen.getByTestId('save-scopes')).toBeDisabled();
    fireEvent.click(screen.getByTestId(`scope-${service}`));
    expect(screen.getByTestId(`scope-${service}/ListMembers`)).toBeDisabled();
    fireEvent.click(screen.getByTestId('save-scopes'));
    await waitFor(() => expect(fake.scopes).toEqual([[service, 'other.v1.Thing']]));
  });

  it('that is new waits for the security administrator, who may confirm it as it is', async () => {
    const waiting = system('s1', { state: ServiceAccount_State.WAITING });
    const asked = newFakeAccounts(Role.SYSTEM_ADMIN);
    asked.systems = [waiting];
    const { unmount } = open('/systems/s1', asked);
    expect(await screen.findByTestId('system-state')).toHaveTextContent('待安全管理员确认');
    expect(screen.getByTestId('rotate')).toBeEnabled();
    expect(screen.queryByText(/未限定/)).toBeNull();
    unmount();

    const fake = newFakeAccounts(Role.SECURITY_ADMIN);
    fake.systems = [waiting];
    open('/systems/s1', fake);
    expect(await screen.findByTestId('to-confirm')).toBeVisible();
    fireEvent.click(screen.getByTestId('save-scopes'));
    await waitFor(() => expect(fake.scopes).toEqual([[]]));
    await waitFor(() => expect(screen.getByTestId('save-scopes')).toBeDisabled());
    expect(screen.queryByTestId('to-confirm')).toBeNull();
  });

  it('is bound to the certificate of a name, and freed again', async () => {
    const fake = newFakeAccounts(Role.SECURITY_ADMIN);
    fake.systems = [system('s1')];
    open('/systems/s1', fake);
    expect(await screen.findByTestId('save-certificate')).toBeDisabled();
    const type = (value: string) =>
      fireEvent.change(screen.getByTestId('certificate-name'), { target: { value } });
    type(' City.example.org ');
    fireEvent.click(screen.getByTestId('save-certificate'));
    await waitFor(() => expect(fake.systems[0]?.certificateName).toBe('city.example.org'));
    await waitFor(() => expect(screen.getByTestId('save-certificate')).toBeDisabled());
    expect(screen.getByTestId('certificate-name')).toHaveValue('city.example.org');
    type('');
    fireEvent.click(screen.getByTestId('save-certificate'));
    await waitFor(() => expect(fake.systems[0]?.certificateName).toBe(''));
  });
});
