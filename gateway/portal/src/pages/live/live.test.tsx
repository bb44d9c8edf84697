import { createRouterTransport, type Transport } from '@connectrpc/connect';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import { Meeting_State } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { MeetingService } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';
import { ALLIANCE, fakeTransport, newFake } from '@/test/fake';
import { renderAt } from '@/test/renderAt';

const NAME = `${ALLIANCE}/meetings/m`;

it('lets an observer from outside leave, who has no unit', async () => {
  const guest = {
    name: `${NAME}/attendances/x`,
    displayName: 'guest',
    observer: true,
    present: true,
  };
  let left = '';
  const own = createRouterTransport(({ service }) => {
    service(MeetingService, {
      async *watchMeeting() {
        yield { meeting: { name: NAME, state: Meeting_State.OPEN }, revision: 1n };
        await new Promise(() => {});
      },
      listAttendances: () => ({ attendances: [guest] }),
      leaveMeeting: (request) => {
        left = request.attendance;
        return { ...guest, present: false };
      },
    });
  });
  const fake = newFake();
  fake.role = Role.STREET_ADMIN;
  const others = fakeTransport(fake);
  const to = (parent: unknown) => (parent === MeetingService ? own : others);
  renderAt('/meetings/m/live', fake, {
    stream: (method, ...rest) => to(method.parent).stream(method, ...rest),
    unary: (method, ...rest) => to(method.parent).unary(method, ...rest),
  } as Transport);
  const row = within(await screen.findByTestId('attendance'));
  fireEvent.click(row.getByRole('button'));
  await waitFor(() => expect(left).toBe(guest.name));
});
