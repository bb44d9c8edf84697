import { timestampDate } from '@bufbuild/protobuf/wkt';
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
    expect(await screen.findByRole('cell', { name: '1' })).toBeVisible();
    expect(screen.queryByTestId('next-page')).toBeNull();
  });

  const numbers = async () =>
    (await screen.findAllByTestId('entry')).map((one) =>
      one.getAttribute('href')?.split('/').at(-1),
    );

  it('lists what was recorded last first, unless the address says otherwise', async () => {
    const first = open('/journal', journal());
    expect(await numbers()).toEqual(['5', '4']);
    first.unmount();
    open('/journal?order=oldest', journal());
    expect(await numbers()).toEqual(['1', '2']);
  });

  it('asks for what the address names, days by the clock of the alliance', async () => {
    const fake = journal();
    open(
      '/journal?service=alliance&method=jinhuan.alliance.v1.UserService%2FDisableUser&actor=users%2Fsysadmin&alliance=demo&from=2027-01-15&to=2027-01-15',
      fake,
    );
    expect(await screen.findAllByTestId('entry-row')).toHaveLength(2);
    expect(fake.asked).toMatchObject({
      method: 'jinhuan.alliance.v1.UserService/DisableUser',
      actor: 'users/sysadmin',
      alliance: 'alliances/demo',
      newestFirst: true,
    });
    const day = [fake.asked?.startTime, fake.asked?.endTime].map(
      (one) => one && timestampDate(one),
    );
    expect(day).toEqual([new Date('2027-01-14T16:00:00Z'), new Date('2027-01-15T16:00:00Z')]);
    const chosen = screen.getByTestId<HTMLSelectElement>('filter-method').selectedOptions[0];
    expect(chosen?.textContent).toBe('停用账号');
  });

  it('is narrowed to an actor by a click on one', async () => {
    const fake = journal();
    open('/journal?order=oldest', fake);
    fireEvent.click((await screen.findAllByTestId('entry-actor'))[0] as HTMLElement);
    await waitFor(() => expect(fake.asked?.actor).toBe('users/sysadmin'));
    expect(fake.asked?.newestFirst).toBe(false);
  });

  it('says why it is empty, and what was asked for goes by one click', async () => {
    open('/journal?actor=users%2Fnobody&from=2027-01-15&resource=users%2Fli', journal());
    expect(
      await screen.findByText(/对象为 users\/li；操作者为 users\/nobody；2027年1月15日.*及以后/),
    ).toBeVisible();
    fireEvent.click(screen.getByRole('link', { name: '清除筛选条件' }));
    expect(await numbers()).toEqual(['5', '4']);
  });

  it('asks for no period that ends before it begins', async () => {
    const fake = journal();
    open('/journal?from=2027-01-15&to=2027-01-14', fake);
    expect(await screen.findByText('截止日期早于起始日期')).toBeVisible();
    expect(fake.asked).toBeNull();
  });

  it('takes along to another service what means the same there', async () => {
    open('/journal?actor=users%2Fa&resource=users%2Fzhang&order=oldest', journal());
    const tab = await screen.findByRole('link', { name: '联席会议' });
    expect(tab).toHaveAttribute('href', '/journal?service=meeting&actor=users%2Fa&order=oldest');
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
