import type { MessageInitShape } from '@bufbuild/protobuf';
import { createRouterTransport, type ServiceImpl } from '@connectrpc/connect';
import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Member_State } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import { BallotService } from '@/gen/jinhuan/meeting/v1/ballot_service_pb';
import { Answer, Meeting_State, type MeetingSchema } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { MeetingService } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';
import { ProjectService } from '@/gen/jinhuan/meeting/v1/project_service_pb';
import { Resolution_State } from '@/gen/jinhuan/meeting/v1/resolution_pb';
import { DEFAULT_ZONE, instant, stamp } from '@/lib/time';
import { ALLIANCE, fakeTransport, MEMBER, newFake } from '@/test/fake';
import { overlay } from '@/test/overlay';
import { renderAt } from '@/test/renderAt';

const NAME = `${ALLIANCE}/meetings/m`;
const unitOf = (id: string) => `${ALLIANCE}/members/${id}`;

interface Told {
  meeting: MessageInitShape<typeof MeetingSchema>;
  meetings?: Partial<ServiceImpl<typeof MeetingService>>;
  ballots?: Partial<ServiceImpl<typeof BallotService>>;
  projects?: Partial<ServiceImpl<typeof ProjectService>>;
}

// The page of a meeting, as its unit's liaison has it.
function show({ meeting, meetings, ballots, projects }: Told) {
  const own = createRouterTransport((router) => {
    router.service(MeetingService, {
      getMeeting: () => ({ name: NAME, title: 'meeting', ...meeting }),
      listInvitations: () => ({}),
      listAttendances: () => ({}),
      ...meetings,
    });
    router.service(BallotService, { listBallots: () => ({}), listProxies: () => ({}), ...ballots });
    router.service(ProjectService, { listResolutions: () => ({}), ...projects });
  });
  const fake = newFake();
  fake.role = Role.LIAISON;
  fake.members = ['m1', 'a', 'b', 'c', 'd'].map((id) => ({
    name: unitOf(id),
    displayName: `unit ${id}`,
    state: Member_State.ACTIVE,
  }));
  renderAt(
    '/meetings/m',
    fake,
    overlay(fakeTransport(fake), own, MeetingService, BallotService, ProjectService),
  );
}

it('offers for a proxy the other units that are due and can stand for it', async () => {
  show({
    meeting: { state: Meeting_State.OPEN, ownInvitation: { member: MEMBER } },
    meetings: {
      listInvitations: () => ({
        invitations: ['m1', 'a', 'b', 'c'].map((id) => ({
          name: `${NAME}/invitations/${id}`,
          member: unitOf(id),
        })),
      }),
    },
    ballots: {
      listProxies: () => ({
        proxies: [{ name: `${NAME}/proxies/b`, grantor: unitOf('b'), holder: unitOf('c') }],
      }),
    },
  });
  const holder = await screen.findByTestId('proxy-holder');
  await waitFor(() =>
    expect([...holder.querySelectorAll('option')].slice(1).map((one) => one.text)).toEqual([
      'unit a',
      'unit c',
    ]),
  );
});

it('tells a resolution that needs no carrying out from one that was carried out', async () => {
  show({
    meeting: { state: Meeting_State.CLOSED },
    projects: {
      listResolutions: () => ({
        resolutions: [true, false].map((toCarryOut) => ({
          name: `${ALLIANCE}/resolutions/${toCarryOut}`,
          meeting: NAME,
          title: 'resolution',
          state: Resolution_State.CARRIED_OUT,
          leadMember: MEMBER,
          dueDate: { year: 2026, month: 12, day: 1 },
          toCarryOut,
        })),
      }),
    },
  });
  const states = await screen.findAllByTestId('resolution-state');
  expect(states.map((one) => one.textContent)).toEqual(['已落实', '无需落实']);
});

it('says of a meeting that is over when it was held, and of each unit whether it came', async () => {
  const at = (minute: number) => stamp(instant('2026-11-27', 16 * 60 + minute, DEFAULT_ZONE));
  const invited = (id: string, answer = Answer.UNSPECIFIED) => ({
    name: `${NAME}/invitations/${id}`,
    member: unitOf(id),
    memberDisplayName: `unit ${id}`,
    answer,
  });
  const there = (id: string, more = {}) => ({
    name: `${NAME}/attendances/${id}`,
    member: unitOf(id),
    displayName: `unit ${id}`,
    checkInTime: at(20),
    ...more,
  });
  show({
    meeting: {
      state: Meeting_State.CLOSED,
      startTime: at(45),
      endTime: at(165),
      openTime: at(22),
      closeTime: at(28),
      ownInvitation: invited('m1'),
    },
    meetings: {
      listInvitations: () => ({
        invitations: [
          invited('m1'),
          invited('a', Answer.LEAVE),
          invited('b', Answer.ATTEND),
          invited('c'),
          // It asked for leave, and came all the same.
          invited('e', Answer.LEAVE),
        ],
      }),
      listAttendances: () => ({
        attendances: [
          there('m1', { leaveTime: at(25) }),
          there('d', { observer: true }),
          there('e', { substitute: true }),
        ],
      }),
    },
    ballots: {
      listProxies: () => ({
        proxies: [{ name: `${NAME}/proxies/c`, grantor: unitOf('c'), holder: unitOf('e') }],
      }),
    },
  });
  const rows = await screen.findAllByTestId('who-came');
  expect(rows.map((one) => one.textContent)).toEqual([
    'unit m1到会16:20 签到 · 16:25 离场',
    'unit a请假',
    'unit b缺席',
    'unit c委托表决',
    'unit e委派到会16:20 签到',
    'unit d列席16:20 签到',
  ]);
  expect(screen.getByText(/实际 16:22–16:28（原定 16:45–18:45）/)).toBeInTheDocument();
  expect(screen.queryByText('待回执')).not.toBeInTheDocument();
  expect(screen.getByTestId('own-answer')).toHaveTextContent('未回执');
});
