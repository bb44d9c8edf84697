import { create } from '@bufbuild/protobuf';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Request_State, RequestSchema } from '@/gen/jinhuan/meeting/v1/request_pb';
import { Booking_State, BookingSchema } from '@/gen/jinhuan/resource/v1/booking_pb';
import { clock, DEFAULT_ZONE, stamp } from '@/lib/time';
import { ALLIANCE, HOUR, newFake } from '@/test/fake';
import { renderAt } from '@/test/renderAt';

it('comes first among the to-dos, says how long it is held, and is accepted there', async () => {
  const fake = newFake();
  const until = Date.now() + 600_000;
  const offer = create(BookingSchema, {
    name: `${ALLIANCE}/bookings/b1`,
    state: Booking_State.OFFERED,
    facilityDisplayName: 'place 1',
    startTime: stamp(Date.now() + 24 * HOUR),
    endTime: stamp(Date.now() + 25 * HOUR),
    expireTime: stamp(until),
    quantity: 1,
  });
  fake.bookings.push(offer);
  fake.requests.push(
    create(RequestSchema, {
      name: `${ALLIANCE}/requests/r1`,
      title: 'request 1',
      state: Request_State.RESOLVED,
    }),
  );
  renderAt('/workbench', fake);
  const todos = within(await screen.findByRole('region', { name: '待办事项' }));
  await todos.findByText('request 1');
  const [first] = await todos.findAllByRole('listitem');
  expect(first).toBe(screen.getByTestId('todo-offer'));
  expect(first).toHaveTextContent(clock(until, DEFAULT_ZONE));
  fireEvent.click(within(first as HTMLElement).getByTestId('accept-offer'));
  await waitFor(() => expect(screen.queryByTestId('todo-offer')).toBeNull());
  expect(offer.state).toBe(Booking_State.CONFIRMED);
});
