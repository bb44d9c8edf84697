import { fireEvent, screen, within } from '@testing-library/react';
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

  it('finds one entry on a later page by its address, and says what changed', async () => {
    open('/journal/alliance/3?resource=users%2Fzhang', journal());
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

  it('does not have what is of another resource', async () => {
    open('/journal/alliance/5?resource=users%2Fzhang', journal());
    expect(await screen.findByRole('heading', { level: 1 })).toHaveTextContent('找不到页面');
  });
});
