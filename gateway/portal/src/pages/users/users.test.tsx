import { Code } from '@connectrpc/connect';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { User_State } from '@/gen/jinhuan/alliance/v1/user_service_pb';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import { ALLIANCE, MEMBER, newFake, refusal } from '@/test/fake';
import { accountsTransport, type FakeAccounts, newFakeAccounts, person } from '@/test/fakeAccounts';
import { renderAt } from '@/test/renderAt';

const open = (address: string, fake: FakeAccounts) =>
  renderAt(address, newFake(), accountsTransport(fake));
const type = (testId: string, value: string) =>
  fireEvent.change(screen.getByTestId(testId), { target: { value } });

describe('accounts', () => {
  it('are listed by what the address says', async () => {
    const fake = newFakeAccounts(Role.SYSTEM_ADMIN);
    fake.users = [person('zhang')];
    open('/users?q=zh&role=audit', fake);
    expect(await screen.findAllByTestId('user-row')).toHaveLength(1);
    expect(fake.listed.at(-1)).toMatchObject({ query: 'zh', role: Role.AUDIT_ADMIN });
    fireEvent.change(screen.getByTestId('filter-role'), { target: { value: 'staff' } });
    await waitFor(() => expect(fake.listed.at(-1)?.role).toBe(Role.STAFF));
  });

  it('do not exist for those of another office', async () => {
    open('/users', newFakeAccounts(Role.AUDIT_ADMIN));
    expect(await screen.findByRole('heading', { level: 1 })).toHaveTextContent('找不到页面');
  });

  it('are made with a password that is shown once, and a refusal keeps what was typed', async () => {
    const fake = newFakeAccounts(Role.SYSTEM_ADMIN);
    fake.refusals = [refusal(Code.AlreadyExists, 'LOGIN_TAKEN', 'zh taken')];
    open('/users/new', fake);
    await screen.findByTestId('user-login');
    type('user-login', 'zhang');
    type('user-display-name', 'clerk');
    fireEvent.click(screen.getByTestId('generate'));
    expect(await screen.findByText(/zh policy/)).toBeVisible();
    fireEvent.click(screen.getByTestId('create-user'));
    expect(await screen.findByText('zh taken')).toBeVisible();
    expect(screen.getByTestId('user-display-name')).toHaveValue('clerk');

    type('user-login', 'zhang2');
    fireEvent.click(screen.getByTestId('create-user'));
    const given = (await screen.findByTestId('given-password')).textContent;
    expect(given).toHaveLength(16);
    expect(fake.created.at(-1)).toMatchObject({ password: given, user: { login: 'zhang2' } });
    expect(new Set(fake.created.map((one) => one.requestId)).size).toBe(2);
  });

  it('are shut out for a reason, and let in again', async () => {
    const fake = newFakeAccounts(Role.SYSTEM_ADMIN);
    fake.users = [person('zhang')];
    open('/users/zhang', fake);
    fireEvent.click(await screen.findByTestId('disable'));
    type('reason', 'left the unit');
    fireEvent.click(screen.getByTestId('confirm-reason'));
    fireEvent.click(await screen.findByTestId('enable'));
    type('reason', 'came back');
    fireEvent.click(screen.getByTestId('confirm-reason'));
    expect(await screen.findByTestId('disable')).toBeVisible();
    expect(fake.acts).toEqual([
      { act: 'disable', name: 'users/zhang', reason: 'left the unit' },
      { act: 'enable', name: 'users/zhang', reason: 'came back' },
    ]);
  });

  it('are erased only by whoever types the login, and say why they are not', async () => {
    const fake = newFakeAccounts(Role.SYSTEM_ADMIN);
    fake.users = [person('zhang')];
    fake.refusals = [refusal(Code.FailedPrecondition, 'LAST_ADMINISTRATOR', 'zh last one')];
    open('/users/zhang', fake);
    fireEvent.click(await screen.findByTestId('erase'));
    type('reason', 'asked for it');
    type('erase-login', 'zhan');
    expect(screen.getByTestId('confirm-erase')).toBeDisabled();
    type('erase-login', 'zhang');
    fireEvent.click(screen.getByTestId('confirm-erase'));
    expect(await screen.findByText('zh last one')).toBeVisible();
    expect(screen.getByTestId('reason')).toHaveValue('asked for it');
    fireEvent.click(screen.getByTestId('confirm-erase'));
    await waitFor(() => expect(fake.users[0]?.state).toBe(User_State.ERASED));
    await waitFor(() => expect(screen.queryByTestId('erase')).toBeNull());
  });
});

describe('the password of', () => {
  const holder = (role: Role) => person('zhang', { grants: [{ role }] });

  it('a security or audit administrator is offered to nobody', async () => {
    for (const role of [Role.SECURITY_ADMIN, Role.AUDIT_ADMIN]) {
      const fake = newFakeAccounts(Role.SYSTEM_ADMIN);
      fake.users = [holder(role)];
      const { unmount } = open('/users/zhang', fake);
      expect(await screen.findByTestId('keeps-password')).toBeVisible();
      expect(screen.queryByTestId('reset-password')).toBeNull();
      unmount();
    }
  });

  it('anyone else is reset, and a refusal is told in the server’s words', async () => {
    const fake = newFakeAccounts(Role.SYSTEM_ADMIN);
    fake.users = [holder(Role.STREET_ADMIN)];
    fake.refusals = [refusal(Code.FailedPrecondition, 'ADMINISTRATOR_PASSWORD', 'zh not yours')];
    open('/users/zhang', fake);
    fireEvent.click(await screen.findByTestId('reset-password'));
    fireEvent.click(await screen.findByTestId('generate'));
    fireEvent.click(screen.getByTestId('confirm-reset'));
    expect(await screen.findByText('zh not yours')).toBeVisible();
  });
});

describe('roles', () => {
  it('of administrators are not offered while the password is another’s', async () => {
    const fake = newFakeAccounts(Role.SECURITY_ADMIN);
    fake.users = [person('zhang', { mustChangePassword: true })];
    open('/users/zhang', fake);
    fireEvent.click(await screen.findByTestId('grant-role'));
    const offered = await screen.findByTestId('grant-role-choice');
    const values = [...offered.querySelectorAll('option')].map((one) => Number(one.value));
    expect(values).toEqual([Role.STAFF, Role.LIAISON, Role.STREET_ADMIN]);
    expect(screen.getByText(/修改初始密码后/)).toBeVisible();
  });

  const grant = async (fake: FakeAccounts, role: Role, unit?: string) => {
    fake.users = [person('zhang')];
    open('/users/zhang', fake);
    fireEvent.click(await screen.findByTestId('grant-role'));
    await screen.findByTestId('grant-role-choice');
    type('grant-role-choice', String(role));
    if (unit !== undefined) {
      await screen.findByTestId('unit');
      type('unit', unit);
    }
  };

  it('are given for a unit that is found by its name', async () => {
    const fake = newFakeAccounts(Role.SECURITY_ADMIN);
    await grant(fake, Role.LIAISON, 'no such unit');
    await screen.findByRole('option', { name: 'alliance', selected: true });
    await waitFor(() => expect(document.querySelector('datalist option')).not.toBeNull());
    fireEvent.click(screen.getByTestId('confirm-grant'));
    expect(await screen.findByText(/没有这个成员单位/)).toBeVisible();
    type('unit', 'unit one');
    fireEvent.click(screen.getByTestId('confirm-grant'));
    expect(await screen.findByTestId('grant-LIAISON')).toBeVisible();
    expect(fake.granted.map((one) => one.grant)).toMatchObject([
      { role: Role.LIAISON, alliance: ALLIANCE, member: MEMBER },
    ]);
  });

  it('are given by full names where units may not be listed', async () => {
    const fake = { ...newFakeAccounts(Role.SECURITY_ADMIN), mayList: false };
    await grant(fake, Role.STAFF, MEMBER);
    await waitFor(() => expect(screen.getByTestId('alliance').tagName).toBe('INPUT'));
    type('alliance', ALLIANCE);
    fireEvent.click(screen.getByTestId('confirm-grant'));
    await waitFor(() => expect(fake.granted).toHaveLength(1));
    expect(fake.granted[0]?.grant).toMatchObject({ alliance: ALLIANCE, member: MEMBER });
  });

  it('show the rule, and the server’s word when they exclude each other', async () => {
    const fake = newFakeAccounts(Role.SECURITY_ADMIN);
    fake.refusals = [refusal(Code.FailedPrecondition, 'ROLES_EXCLUSIVE', 'zh exclusive')];
    await grant(fake, Role.AUDIT_ADMIN);
    await waitFor(() => expect(screen.getAllByText(/三员分立/)).toHaveLength(2));
    fireEvent.click(screen.getByTestId('confirm-grant'));
    expect(await screen.findByText('zh exclusive')).toBeVisible();
    expect(fake.granted[0]?.grant).toMatchObject({ alliance: '', member: '' });
  });
});
