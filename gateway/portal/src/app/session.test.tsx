import { create } from '@bufbuild/protobuf';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import { Meeting_State } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { Request_State, RequestSchema } from '@/gen/jinhuan/meeting/v1/request_pb';
import { ALLIANCE, type Fake, MEMBER, newFake } from '@/test/fake';
import { renderAt } from '@/test/renderAt';
import { scopesOf } from './scope';

describe('signing in', () => {
  it('shows what the server says, then goes where the reader wanted to', async () => {
    const fake = { ...newFake(), signedIn: false };
    renderAt('/mine?tab=past', fake);
    fireEvent.change(await screen.findByTestId('login'), { target: { value: 'u1' } });
    fireEvent.change(screen.getByTestId('password'), { target: { value: 'wrong' } });
    fireEvent.click(screen.getByTestId('sign-in'));
    expect(await screen.findByText('zh wrong password')).toBeVisible();
    expect(screen.getByTestId('login')).toHaveValue('u1');

    fireEvent.change(screen.getByTestId('password'), { target: { value: 'right' } });
    fireEvent.click(screen.getByTestId('sign-in'));
    expect(await screen.findByTestId('settings')).toBeVisible();
    expect(screen.getByRole('link', { current: 'page', name: '历史记录' })).toBeVisible();
  });

  it('shows an administrator of the installation no page of an alliance', async () => {
    const fake = { ...newFake(), role: Role.AUDIT_ADMIN };
    renderAt('/workbench', fake);
    expect(await screen.findByTestId('nav-workbench')).toBeVisible();
  });
});

describe('the workbench', () => {
  const notice = (fake: Fake) => {
    const start = { seconds: BigInt(Math.floor(Date.now() / 1000) + 86_400), nanos: 0 };
    fake.meetings.push({
      name: `${ALLIANCE}/meetings/k1`,
      title: 'joint meeting',
      state: Meeting_State.CONVENED,
      startTime: start,
      endTime: { ...start, seconds: start.seconds + 3600n },
      ownInvitation: { member: MEMBER },
    });
    return fake;
  };

  it('lets the liaison answer from the list', async () => {
    renderAt('/workbench', notice({ ...newFake(), role: Role.LIAISON }));
    expect(await screen.findByTestId('answer-attend')).toBeVisible();
  });

  it('has the street call off what nobody held', async () => {
    const fake = notice({ ...newFake(), role: Role.STREET_ADMIN });
    const gone = { seconds: BigInt(Math.floor(Date.now() / 1000) - 3600), nanos: 0 };
    fake.meetings.push({
      name: `${ALLIANCE}/meetings/k2`,
      title: 'not held',
      state: Meeting_State.CONVENED,
      startTime: { ...gone, seconds: gone.seconds - 3600n },
      endTime: gone,
    });
    renderAt('/workbench', fake);
    expect(await screen.findByTestId('todo-unheld')).toHaveTextContent('未召开not held');
    expect(screen.getByTestId('meeting-cancel')).toBeVisible();
    fireEvent.click(screen.getByTestId('nav-meetings'));
    await waitFor(() => expect(screen.getAllByTestId('meeting')).toHaveLength(2));
    expect(screen.getAllByTestId('meeting')[1]).toHaveTextContent('未召开');
  });

  it('names each page by its word alone, without the name of its sign', async () => {
    renderAt('/workbench', newFake());
    expect(await screen.findByRole('link', { name: '共享停车' })).toBeVisible();
  });

  it('has who reported something rate what was done', async () => {
    const fake = newFake();
    fake.requests.push(
      create(RequestSchema, {
        name: `${ALLIANCE}/requests/q1`,
        title: 'lamp out',
        state: Request_State.RESOLVED,
        own: true,
      }),
    );
    renderAt('/workbench', fake);
    expect(await screen.findByTestId('todo-request')).toHaveTextContent('待评价lamp out');
    expect(screen.getByTestId('score-5')).toBeVisible();
  });

  it('shows staff no notice that they could not answer', async () => {
    renderAt('/workbench', notice(newFake()));
    await waitFor(() => expect(document.querySelector('.figures')).toHaveTextContent('1'));
    expect(screen.queryByTestId('answer-attend')).toBeNull();
  });
});

describe('scopes', () => {
  it('are one for each alliance and unit', () => {
    const grant = (role: Role, member: string) => ({
      $typeName: 'jinhuan.auth.v1.Grant' as const,
      role,
      alliance: 'alliances/a',
      member,
      memberDisplayName: member,
      memberTier: 0,
      memberSector: 0,
      scopes: [],
    });
    const scopes = scopesOf([
      grant(Role.STAFF, 'm1'),
      grant(Role.LIAISON, 'm1'),
      grant(Role.LIAISON, 'm2'),
      { ...grant(Role.AUDIT_ADMIN, ''), alliance: '' },
    ]);
    expect(scopes.map((scope) => [scope.member, scope.roles.size])).toEqual([
      ['m1', 2],
      ['m2', 1],
    ]);
  });
});
