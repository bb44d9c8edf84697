import type { MessageInitShape } from '@bufbuild/protobuf';
import { createRouterTransport, type ServiceImpl } from '@connectrpc/connect';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Member_State } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import {
  Meeting_State,
  MeetingBody,
  type MeetingSchema,
} from '@/gen/jinhuan/meeting/v1/meeting_pb';
import {
  MeetingService,
  type WatchMeetingResponseSchema,
} from '@/gen/jinhuan/meeting/v1/meeting_service_pb';
import { MINUTE, stamp } from '@/lib/time';
import { ALLIANCE, fakeTransport, newFake } from '@/test/fake';
import { overlay } from '@/test/overlay';
import { renderAt } from '@/test/renderAt';

const NAME = `${ALLIANCE}/meetings/m`;
const unitOf = (id: string) => `${ALLIANCE}/members/${id}`;

// The street's page of a meeting that stands as told.
function show(
  told: MessageInitShape<typeof WatchMeetingResponseSchema>,
  service: Partial<ServiceImpl<typeof MeetingService>>,
  units: string[] = [],
) {
  const own = createRouterTransport((router) => {
    router.service(MeetingService, {
      async *watchMeeting() {
        yield { revision: 1n, ...told };
        await new Promise(() => {});
      },
      listAttendances: () => ({}),
      listInvitations: () => ({}),
      getCheckInCode: () => ({ code: '123456' }),
      ...service,
    });
  });
  const fake = newFake();
  fake.role = Role.STREET_ADMIN;
  fake.members = units.map((id) => ({
    name: unitOf(id),
    displayName: `unit ${id}`,
    state: Member_State.ACTIVE,
  }));
  renderAt('/meetings/m/live', fake, overlay(fakeTransport(fake), own, MeetingService));
}

it('lets an observer from outside leave, who has no unit', async () => {
  const guest = {
    name: `${NAME}/attendances/x`,
    displayName: 'guest',
    observer: true,
    present: true,
  };
  let left = '';
  show(
    { meeting: { name: NAME, state: Meeting_State.OPEN } },
    {
      listAttendances: () => ({ attendances: [guest] }),
      leaveMeeting: (request) => {
        left = request.attendance;
        return { ...guest, present: false };
      },
    },
  );
  const row = within(await screen.findByTestId('attendance'));
  fireEvent.click(row.getByRole('button'));
  await waitFor(() => expect(left).toBe(guest.name));
});

// What waits until it is opened.
function gate() {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, passed };
}

it('leads to the page of the meeting once it is closed, though the stream tells of it first', async () => {
  const meeting = { name: NAME, state: Meeting_State.OPEN };
  const closed = { ...meeting, state: Meeting_State.CLOSED };
  const [asked, told] = [gate(), gate()];
  show(
    { meeting },
    {
      async *watchMeeting() {
        yield { meeting, revision: 1n };
        await asked.passed;
        yield { meeting: closed, revision: 2n };
        await new Promise(() => {});
      },
      async closeMeeting() {
        asked.open();
        await told.passed;
        return closed;
      },
    },
  );
  fireEvent.click(await screen.findByTestId('meeting-close'));
  const dialog = within(await screen.findByRole('dialog'));
  fireEvent.click(dialog.getByRole('button', { name: '宣布散会' }));
  await waitFor(() => expect(screen.getByTestId('live-light')).toHaveTextContent('已结束'));
  told.open();
  await waitFor(() => expect(window.location.pathname).toBe('/meetings/m'));
});

// A convened meeting that begins so many minutes from now, with two of nine there; how often it
// was opened.
function convened(minutes: number, met: boolean) {
  const meeting: MessageInitShape<typeof MeetingSchema> = {
    name: NAME,
    state: Meeting_State.CONVENED,
    startTime: stamp(Date.now() + minutes * MINUTE),
    endTime: stamp(Date.now() + 120 * MINUTE),
  };
  const opened: string[] = [];
  show(
    { meeting, quorum: { entitledCount: 9, presentCount: 2, neededCount: met ? 2 : 5, met } },
    {
      listAttendances: () => ({
        attendances: [
          { name: `${NAME}/attendances/a`, displayName: 'unit a', present: true },
          { name: `${NAME}/attendances/b`, displayName: 'unit b', present: false },
        ],
      }),
      openMeeting: (request) => {
        opened.push(request.name);
        return { ...meeting, state: Meeting_State.OPEN };
      },
    },
  );
  return opened;
}

it('is opened at its time with a quorum by one click', async () => {
  const opened = convened(-1, true);
  fireEvent.click(await screen.findByTestId('meeting-open'));
  await waitFor(() => expect(opened).toEqual([NAME]));
});

it.each([
  ['before its time', 20, true],
  ['without a quorum', -1, false],
])('asks before it is opened %s, and says the time and who is there', async (_, minutes, met) => {
  const opened = convened(minutes, met);
  fireEvent.click(await screen.findByTestId('meeting-open'));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByTestId('open-present')).toHaveTextContent(
    met ? /应到 9 家，实到 2 家.*已达法定人数/ : /应到 9 家，实到 2 家.*还差 3 家/,
  );
  expect(await dialog.findByText('在场：unit a')).toBeInTheDocument();
  if (minutes > 0) {
    expect(dialog.getByTestId('open-early')).toHaveTextContent(
      /现在 \d\d:\d\d，会议定于.*\d\d:\d\d/,
    );
  } else {
    expect(dialog.queryByTestId('open-early')).not.toBeInTheDocument();
  }
  expect(opened).toEqual([]);
  fireEvent.click(dialog.getByTestId('meeting-open-yes'));
  await waitFor(() => expect(opened).toEqual([NAME]));
});

it('offers by hand the units that are due and not there, and apart from them the others', async () => {
  show(
    { meeting: { name: NAME, state: Meeting_State.OPEN, body: MeetingBody.STANDING } },
    {
      listInvitations: () => ({
        invitations: ['a', 'b', 'c'].map((id) => ({ member: unitOf(id) })),
      }),
      listAttendances: () => ({
        attendances: [
          { name: `${NAME}/attendances/a`, member: unitOf('a'), displayName: 'a', present: true },
          { name: `${NAME}/attendances/b`, member: unitOf('b'), displayName: 'b', present: false },
        ],
      }),
    },
    ['a', 'b', 'c', 'd'],
  );
  const offered = (testId: string) =>
    [...screen.getByTestId(testId).querySelectorAll('option')].slice(1).map((one) => one.text);
  await screen.findByTestId('by-hand-due');
  await waitFor(() => expect(offered('by-hand-due')).toEqual(['unit b', 'unit c']));
  expect(offered('by-hand-other')).toEqual(['unit d']);
});

it('has the supporting units of a resolution on one line, which says who is chosen', async () => {
  show({ meeting: { name: NAME, state: Meeting_State.OPEN } }, {}, ['a', 'b', 'c']);
  const picker = await screen.findByRole('group', { name: '配合单位' });
  expect(picker).not.toHaveAttribute('open');
  const line = within(picker).getByTestId('unit-picker');
  expect(line).toHaveTextContent('选择单位');
  fireEvent.click(await within(picker).findByLabelText('unit b'));
  fireEvent.click(within(picker).getByLabelText('unit c'));
  expect(line).toHaveTextContent('已选 2 家：unit b、unit c');
});
