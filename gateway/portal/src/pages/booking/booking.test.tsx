import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { Code, createRouterTransport } from '@connectrpc/connect';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { Booking_State, BookingSchema } from '@/gen/jinhuan/resource/v1/booking_pb';
import {
  BookingService,
  SlotAvailability_State,
} from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { FacilityKind, type WindowSchema } from '@/gen/jinhuan/resource/v1/facility_pb';
import { FacilityService } from '@/gen/jinhuan/resource/v1/facility_service_pb';
import { addDays, dayOf, stamp } from '@/lib/time';
import { ALLIANCE, type Fake, fakeTransport, HOUR, MEMBER, newFake, refusal } from '@/test/fake';
import { overlay } from '@/test/overlay';
import { renderAt } from '@/test/renderAt';
import { setPhone } from '@/test/setup';

const tomorrow = addDays(dayOf(Date.now(), 'Asia/Shanghai'), 1);
const page = `/parking?day=${tomorrow}`;
let fake: Fake;

beforeEach(() => {
  fake = newFake();
});

async function firstSlot(): Promise<HTMLElement> {
  const slots = await screen.findAllByTestId('slot');
  const found = slots.find((slot) => slot.dataset.state === 'bookable');
  if (!found) throw new Error('nothing to book');
  return found;
}

describe('booking', () => {
  it('takes two taps on a phone that knows the plate', async () => {
    setPhone(true);
    localStorage.setItem('jinhuan.plate', '沪A12345');
    renderAt(page, fake);
    fireEvent.click(await firstSlot());
    fireEvent.click(await screen.findByTestId('confirm-booking'));
    await screen.findByTestId('undo');
    expect(fake.asked).toHaveLength(1);
    expect(fake.asked[0]?.booking).toMatchObject({ plate: '沪A12345', member: MEMBER });
    expect(fake.asked[0]?.requestId).toBeTruthy();
    await waitFor(() =>
      expect(screen.getAllByTestId('slot').some((slot) => slot.dataset.state === 'mine')).toBe(
        true,
      ),
    );
  });

  it('offers the plate of the latest booking where none is remembered', async () => {
    fake.bookings.push(
      create(BookingSchema, {
        name: `${ALLIANCE}/bookings/old`,
        plate: '沪AD12345',
        state: Booking_State.CANCELLED,
      }),
    );
    renderAt(page, fake);
    fireEvent.click(await firstSlot());
    const plate = await screen.findByTestId('plate');
    await waitFor(() => expect(plate).toHaveValue('沪AD12345'));
  });

  it('asks for a valid plate before it asks the server', async () => {
    renderAt(page, fake);
    fireEvent.click(await firstSlot());
    fireEvent.change(await screen.findByTestId('plate'), { target: { value: '沪AO1234' } });
    fireEvent.click(screen.getByTestId('confirm-booking'));
    await waitFor(() =>
      expect(screen.getByTestId('plate')).toHaveAttribute('aria-invalid', 'true'),
    );
    expect(fake.asked).toHaveLength(0);
  });

  it('shows what the server says, keeps what was typed, and asks again as the same intent', async () => {
    fake.refusals.push(refusal(Code.ResourceExhausted, 'SLOT_FULL', 'zh slot full'));
    renderAt(page, fake);
    fireEvent.click(await firstSlot());
    fireEvent.change(await screen.findByTestId('plate'), { target: { value: '沪A12345' } });
    fireEvent.click(screen.getByTestId('confirm-booking'));
    expect(await screen.findByText('zh slot full')).toBeVisible();
    expect(screen.getByTestId('plate')).toHaveValue('沪A12345');
    fireEvent.click(screen.getByTestId('confirm-booking'));
    await screen.findByTestId('undo');
    expect(fake.asked).toHaveLength(2);
    expect(fake.asked[1]?.requestId).toBe(fake.asked[0]?.requestId);
  });

  it('puts a violation of the plate at the plate', async () => {
    fake.refusals.push(refusal(Code.InvalidArgument, 'PLATE_INVALID', 'zh plate', 'booking.plate'));
    renderAt(page, fake);
    fireEvent.click(await firstSlot());
    fireEvent.change(await screen.findByTestId('plate'), { target: { value: '沪A12345' } });
    fireEvent.click(screen.getByTestId('confirm-booking'));
    expect(await screen.findByText('zh plate')).toBeVisible();
    expect(screen.getByTestId('plate')).toHaveAttribute('aria-invalid', 'true');
  });

  it('can be undone', async () => {
    localStorage.setItem('jinhuan.plate', '沪A12345');
    renderAt(page, fake);
    fireEvent.click(await firstSlot());
    fireEvent.click(await screen.findByTestId('confirm-booking'));
    fireEvent.click(await screen.findByTestId('undo'));
    await waitFor(() => expect(fake.bookings[0]?.state).toBe(Booking_State.CANCELLED));
  });

  it('can be cancelled from the list, after a question', async () => {
    const start = { seconds: BigInt(Math.floor(Date.now() / 1000) + 86_400), nanos: 0 };
    fake.bookings.push(
      create(BookingSchema, {
        name: `${ALLIANCE}/bookings/b1`,
        state: Booking_State.CONFIRMED,
        startTime: start,
        endTime: { ...start, seconds: start.seconds + 3600n },
        facilityDisplayName: 'place 1',
      }),
    );
    renderAt('/mine', fake);
    fireEvent.click(within(await screen.findByTestId('booking')).getByTestId('cancel-booking'));
    fireEvent.click(await screen.findByTestId('confirm-cancel'));
    await waitFor(() => expect(fake.bookings[0]?.state).toBe(Booking_State.CANCELLED));
    await waitFor(() => expect(screen.queryByTestId('booking')).toBeNull());
  });
});

describe('a page of what can be booked', () => {
  const { BOOKABLE, FULL, NOT_FOR_YOU, NOT_YET } = SlotAvailability_State;

  // A facility with a slot an hour from nine on, in such states and at such prices in fen.
  function open(
    address: string,
    kind: FacilityKind,
    slots: [SlotAvailability_State, number][],
    windows: MessageInitShape<typeof WindowSchema>[] = [],
  ) {
    const over = createRouterTransport(({ service }) => {
      service(FacilityService, { listWindows: () => ({ windows }) });
      service(BookingService, {
        searchAvailability: (request) => ({
          facilities: [
            {
              facility: { name: `${ALLIANCE}/facilities/f1`, displayName: 'place 1', kind },
              slots: slots.map(([state, priceFen], i) => ({
                window: `${ALLIANCE}/facilities/f1/windows/w`,
                startTime: stamp(Number(request.startTime?.seconds) * 1000 + (9 + i) * HOUR),
                endTime: stamp(Number(request.startTime?.seconds) * 1000 + (10 + i) * HOUR),
                free: 3,
                capacity: 10,
                state,
                priceFen: BigInt(priceFen),
              })),
            },
          ],
        }),
        listBookings: () => ({ bookings: fake.bookings }),
        listPasses: () => ({}),
        createBooking(request) {
          fake.asked.push(request);
          return request.booking ?? {};
        },
      });
    });
    setPhone(true);
    renderAt(address, fake, overlay(fakeTransport(fake), over, BookingService, FacilityService));
  }

  it.each([
    [
      [
        [NOT_FOR_YOU, 0],
        [FULL, 500],
      ],
      '¥5 / 时段',
    ],
    [
      [
        [BOOKABLE, 300],
        [BOOKABLE, 500],
      ],
      '¥3 起 / 时段',
    ],
    [
      [
        [BOOKABLE, 0],
        [BOOKABLE, 500],
      ],
      '免费起',
    ],
    [
      [
        [BOOKABLE, 0],
        [NOT_FOR_YOU, 500],
      ],
      '免费',
    ],
  ] as [[SlotAvailability_State, number][], string][])(
    'tells the price of what the reader may book: %j',
    async (slots, price) => {
      open(page, FacilityKind.PARKING, slots);
      expect(await screen.findByText(price)).toBeVisible();
    },
  );

  it('books hours of a venue as places, without a plate', async () => {
    open(`/venues?day=${tomorrow}`, FacilityKind.VENUE, [
      [BOOKABLE, 0],
      [BOOKABLE, 0],
    ]);
    expect(await screen.findByRole('heading', { level: 1 })).toHaveTextContent('共享场地');
    fireEvent.click(await firstSlot());
    const quantity = await screen.findByTestId('quantity');
    expect(quantity).toHaveTextContent('1 个名额');
    expect(screen.getByTestId('length')).toBeVisible();
    expect(screen.queryByTestId('plate')).toBeNull();
    fireEvent.click(screen.getByTestId('confirm-booking'));
    await waitFor(() => expect(fake.asked[0]?.booking).toMatchObject({ quantity: 1, plate: '' }));
  });

  it.each([
    ['/venues', '这一天没有开放的场地'],
    ['/services', '这一天没有开放的服务'],
  ])('says at %s that nothing is open', async (address, why) => {
    const over = createRouterTransport(({ service }) => {
      service(BookingService, {
        searchAvailability: () => ({}),
        listBookings: () => ({}),
        listPasses: () => ({}),
      });
    });
    renderAt(address, fake, overlay(fakeTransport(fake), over, BookingService));
    expect(await screen.findByText(new RegExp(why))).toBeVisible();
  });

  it('is one click from the page of a venue', async () => {
    const over = createRouterTransport(({ service }) => {
      service(FacilityService, {
        getFacility: ({ name }) => ({ name, displayName: 'hall', kind: FacilityKind.VENUE }),
        listWindows: () => ({}),
        listClosures: () => ({}),
      });
    });
    renderAt('/facilities/f1', fake, overlay(fakeTransport(fake), over, FacilityService));
    expect(await screen.findByRole('link', { name: '去预约' })).toHaveAttribute('href', '/venues');
  });

  it.each([
    [NOT_FOR_YOU, 'notforyou', '只开放给：理事、unit two'],
    [NOT_YET, 'notyet', '提前 30 天开放'],
  ])('says why a slot is not for the reader, on a tap: %s', async (state, shown, why) => {
    open(
      page,
      FacilityKind.PARKING,
      [[state, 0]],
      [
        {
          name: `${ALLIANCE}/facilities/f1/windows/w`,
          audienceTiers: [2],
          audienceMembers: [`${ALLIANCE}/members/m2`],
          horizonDays: 30,
        },
      ],
    );
    fake.members.push({ name: `${ALLIANCE}/members/m2`, displayName: 'unit two' });
    const slot = await screen.findByTestId('slot');
    expect(slot.dataset.state).toBe(shown);
    fireEvent.click(slot);
    await waitFor(() => expect(screen.getByTestId('why-not')).toHaveTextContent(why));
    expect(screen.queryByTestId('confirm-booking')).toBeNull();
  });
});
