// Server streams over HTTP, by Connect and by gRPC-Web, with clients that nobody
// adapted; and what stands behind them: cancelling, errors, revocation.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AuthService } from '../gen/jinhuan/alliance/v1/auth_service_pb.js';
import { JournalService } from '../gen/jinhuan/resource/v1/journal_service_pb.js';
import { Code, ConnectError, connectTransport, createClient, explain, grpcWebTransport } from '../lib/grpc.mjs';
import { request } from '../lib/http.mjs';
import { watchPace } from '../lib/pace.mjs';
import { Suite } from '../lib/suite.mjs';
import { book, openPlace, slotsOf } from '../lib/world.mjs';

let suite;
let street;
let slot;
before(async () => {
  suite = await Suite.start('streams');
  street = await suite.as('street');
  const { facility } = await openPlace(suite, street, { capacity: 1000 });
  slot = (await slotsOf(suite, street, facility)).at(-1);
});
after(() => suite?.end());

const WAYS = {
  'Connect with binary': (token) => connectTransport(suite, token),
  'Connect with gzip': (token) => connectTransport(suite, token, { compressMinBytes: 0 }),
  'gRPC-Web': (token) => grpcWebTransport(suite, token),
};
const journal = (transport) => createClient(JournalService, transport);
const auditor = () => suite.token(suite.account('AUDIT_ADMIN'));
const bookOne = async () => book(suite, await suite.as('staff1'), slot);

for (const [title, way] of Object.entries(WAYS)) {
  test(`${title}: what is there comes at once, what happens comes as it happens`, async () => {
    const signal = AbortSignal.timeout(20e3);
    const seen = [];
    let booking;
    for await (const { entries } of journal(way(await auditor())).watchEntries({ startNumber: 1n }, { signal })) {
      seen.push(...entries.map(({ resource }) => resource));
      booking ??= (await bookOne()).name;
      if (seen.includes(booking)) break;
    }
    assert.equal(seen.filter((name) => name === booking).length, 1);
  });

  test(`${title}: a stream that is refused says why`, async () => {
    const refused = async (token, number) => {
      try {
        for await (const _ of journal(way(token)).watchEntries({ startNumber: number })) break;
      } catch (error) {
        return explain(ConnectError.from(error));
      }
      return assert.fail('not refused');
    };
    assert.equal((await refused(await suite.token(suite.account('staff1')), 1n)).reason, 'ROLE_REQUIRED');
    assert.equal((await refused(undefined, 1n)).reason, 'SIGN_IN_REQUIRED');
    const late = await refused(await auditor(), 1_000_000n);
    assert.equal(late.code, 'OutOfRange');
    assert.equal(late.reason, 'NUMBER_OUT_OF_RANGE');
    assert.equal(late.locale, 'zh-CN');
  });

  test(`${title}: a stream ends within 5 s of its session`, async () => {
    const token = await auditor();
    const pace = await watchPace(suite);
    let signedOut;
    await assert.rejects(async () => {
      for await (const _ of journal(way(token)).watchEntries({ startNumber: 1n })) {
        if (signedOut) continue;
        await createClient(AuthService, connectTransport(suite, token)).signOut({});
        signedOut = Date.now();
      }
    }, { code: Code.Unauthenticated });
    const took = Date.now() - signedOut;
    const allowed = await pace(5000);
    assert.ok(took < allowed, `${took} of ${allowed} ms`);
  });

  test(`${title}: fifty clients come and go, and none is left behind`, async () => {
    const token = await auditor();
    await Promise.all(
      Array.from({ length: 50 }, async () => {
        const stop = new AbortController();
        for await (const _ of journal(way(token)).watchEntries({ startNumber: 1n }, { signal: stop.signal })) break;
        stop.abort();
      }),
    );
    // The service hears of it: what it holds for streams is free again.
    for await (const { entries } of journal(way(token)).watchEntries({ startNumber: 1n })) {
      assert.ok(entries.length > 0);
      break;
    }
  });
}

const envelope = (text, flags = 0) => {
  const body = Buffer.from(text);
  const head = Buffer.alloc(5);
  head.writeUInt8(flags, 0);
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
};
const PATH = '/jinhuan.resource.v1.JournalService/ListEntries';

test('gRPC-Web as text: base64 both ways, the trailers last', async () => {
  const answer = await request(suite.http + PATH, {
    headers: { 'content-type': 'application/grpc-web-text' },
    body: envelope('').toString('base64'),
    token: await auditor(),
  });
  assert.equal(answer.status, 200);
  assert.match(answer.headers['content-type'], /^application\/grpc-web-text/);
  const pieces = answer.text.match(/[^=]+=*/g).map((piece) => Buffer.from(piece, 'base64'));
  const bytes = Buffer.concat(pieces);
  assert.equal(bytes[0], 0);
  const trailers = bytes.subarray(5 + bytes.readUInt32BE(1));
  assert.equal(trailers[0], 0x80);
  assert.match(trailers.subarray(5).toString(), /^grpc-status: 0\r\n/);
});

test('what is no envelope, or more than one, is refused with its reason', async () => {
  const token = await auditor();
  const watch = '/jinhuan.resource.v1.JournalService/WatchEntries';
  const send = async (body, type = 'application/connect+json') =>
    (await request(suite.http + watch, { headers: { 'content-type': type }, body, token })).text;
  assert.match(await send(Buffer.from([0, 0, 0])), /MALFORMED_BODY/);
  assert.match(await send(Buffer.from([0, 255, 255, 255, 255])), /BODY_TOO_LARGE/);
  assert.match(await send(Buffer.concat([envelope('{}'), envelope('{}')])), /unimplemented/);
  assert.match(await send(envelope('{"startNumber":')), /MALFORMED_BODY/);
  assert.match(await send(envelope('\x01\x02'), 'application/grpc-web'), /grpc-status: 3/);
});
