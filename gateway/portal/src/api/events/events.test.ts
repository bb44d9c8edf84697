import { Code, ConnectError, createRouterTransport } from '@connectrpc/connect';
import { expect, test } from 'vitest';
import { EventService, type WatchRequest } from '@/gen/jinhuan/gateway/v1/event_service_pb';
import { isReadBy } from './readAgain';
import { type News, stream } from './stream';

const BOOKING = { kind: 'jinhuan.resource.v1.Booking', resource: 'alliances/a/bookings/b' };
const read = (serviceName: string, methodName: string, name?: string) => [
  'connect-query',
  { serviceName, methodName, input: { name } },
];

test.each([
  [read('jinhuan.resource.v1.BookingService', 'ListBookings'), BOOKING, true],
  [read('jinhuan.resource.v1.BookingService', 'GetBooking', BOOKING.resource), BOOKING, true],
  [read('jinhuan.resource.v1.BookingService', 'GetBooking', 'other'), BOOKING, false],
  [read('jinhuan.resource.v1.BookingService', 'ListPasses'), BOOKING, false],
  [read('jinhuan.meeting.v1.BookingService', 'ListBookings'), BOOKING, false],
  [['something else'], BOOKING, false],
  [
    read('jinhuan.resource.v1.FacilityService', 'ListFacilities'),
    { kind: 'jinhuan.resource.v1.Facility', resource: 'f' },
    true,
  ],
  [
    read('jinhuan.resource.v1.ExchangeService', 'ListMatches'),
    { kind: 'jinhuan.resource.v1.Match', resource: 'm' },
    true,
  ],
])('%j is read again after %j: %s', (key, change, expected) => {
  expect(isReadBy(key, change)).toBe(expected);
});

// A gateway whose streams are what `turns` make of each request, in order.
function gatewayOf(...turns: ((request: WatchRequest) => Iterable<object>)[]) {
  const asked: string[] = [];
  const transport = createRouterTransport(({ service }) => {
    service(EventService, {
      async *watch(request, { signal }) {
        asked.push(request.resumeToken);
        const turn = turns.shift();
        if (turn) return yield* turn(request);
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      },
    });
  });
  return { asked, transport };
}

async function newsOf(transport: ReturnType<typeof gatewayOf>['transport'], count: number) {
  const ended = new AbortController();
  const news: News[] = [];
  await stream(transport, '', ended.signal, (one) => {
    news.push(one);
    if (news.length === count) ended.abort();
  });
  return news;
}

test('a stream that broke goes on from its last token', async () => {
  const { asked, transport } = gatewayOf(
    function* () {
      yield { resumeToken: '1' };
      yield { resumeToken: '2', events: [{ ...BOOKING }] };
      throw new ConnectError('gone', Code.Unavailable);
    },
    function* () {
      yield { resumeToken: '3', events: [{ ...BOOKING }] };
    },
  );
  const news = await newsOf(transport, 4);
  expect(asked).toEqual(['', '2']);
  expect(news.map(({ live }) => live)).toEqual([true, true, false, true]);
  // What was read before the first message may be older than it.
  expect(news.map(({ missed }) => missed)).toEqual([true, false, false, false]);
  expect(news[3]?.changes).toEqual([BOOKING]);
});

test('a token that is too old means that all is read again', async () => {
  const { asked, transport } = gatewayOf(
    function* () {
      yield { resumeToken: '1' };
      throw new ConnectError('too old', Code.OutOfRange);
    },
    function* () {
      yield { resumeToken: '9' };
    },
  );
  const news = await newsOf(transport, 3);
  expect(asked).toEqual(['', '']);
  expect(news[2]).toMatchObject({ live: true, missed: true });
});
