// The table: what is called, and what must come of it. Groups and names are those of the
// public conformance suite of the Connect protocols; groups in parentheses are our own.
//
// A case: {group, name, kind, needs, sent, headers, timeoutMs, cancel, wants}. `sent` are the
// messages, the first with the plan. What is wanted is what the plan says, but for `wants`:
// {error, data}. `needs` names what a client must be able to do.

import assert from 'node:assert/strict';
import { crc32 } from 'node:zlib';
import { CODES, reason, requestOf, requestOfSize } from './call.mjs';

const DATA = 'test response';
const META = { headers: { 'x-custom-header': ['foo'] }, trailers: { 'x-custom-trailer': ['bing'] } };
const SENT_HEADERS = [
  ['x-conformance-test', 'Value1'],
  ['x-conformance-test', 'Value2'],
];
// README.md of the gateway, "Limits".
const LIMIT = (4 << 20) + (64 << 10);

const failure = (code, message = code.replaceAll('_', ' ')) => ({
  failure: { code: CODES.indexOf(code), message, details: [reason('AS_PLANNED')] },
});

// The kinds in which a case comes, each with as many messages up and down as it takes.
const DOWN = { unary: [DATA], 'server-stream': [DATA, DATA], 'client-stream': [DATA], 'bidi-stream': [DATA, DATA] };
const UP = { unary: 1, 'server-stream': 1, 'client-stream': 2, 'bidi-stream': 2 };
const KINDS = Object.keys(DOWN);

const table = [];
const add = (group, name, kind, plan, more = {}) => {
  const { up = UP[kind], ...rest } = more;
  const sent = Array.from({ length: up }, (_, i) => requestOf({ plan: i === 0 ? plan : undefined, data: `part ${i}` }));
  table.push({ group, name, kind, plan, sent, needs: [], wants: {}, ...rest });
};

// --- Basic
for (const kind of ['unary', 'client-stream', 'server-stream']) {
  add('Basic', `${kind}/success`, kind, { ...META, data: DOWN[kind] }, { headers: SENT_HEADERS });
}
add('Basic', 'client-stream/no-requests', 'client-stream', {}, { up: 0, wants: { data: [''] } });
add('Basic', 'server-stream/no-responses', 'server-stream', META);
for (const [duplex, full_duplex] of [['full', true], ['half', false]]) {
  const plan = { ...META, data: DOWN['bidi-stream'], fullDuplex: full_duplex };
  add('Basic', `bidi-stream/${duplex}-duplex/success`, 'bidi-stream', plan, { headers: SENT_HEADERS });
}
add('Basic', 'bidi-stream/half-duplex/no-requests', 'bidi-stream', {}, { up: 0 });
add('Basic', 'bidi-stream/half-duplex/no-responses', 'bidi-stream', META);
add('Basic', 'unimplemented', 'unary', {}, { method: 'unimplemented', wants: { error: 'unimplemented' } });

// --- Errors
for (const kind of ['unary', 'server-stream']) {
  for (const code of CODES.slice(1)) {
    add('Errors', `${kind}/${code.replaceAll('_', '-')}`, kind, failure(code));
  }
}
for (const kind of KINDS) {
  add('Errors', `${kind}/error-with-metadata`, kind, { ...META, ...failure('unauthenticated') });
  // Two of one type: the order counts, and none is lost.
  const details = [reason('AS_PLANNED', { first: '一' }), reason('SECOND', { '%': '"' })];
  const planned = { failure: { code: CODES.indexOf('failed_precondition'), message: 'has details', details } };
  add('Errors', `${kind}/error-with-details`, kind, planned);
}
add('Errors', 'unary/unicode-error-message', 'unary',
  failure('internal', '\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\n'));
add('Errors', 'server-stream/error-with-responses', 'server-stream',
  { ...META, data: [DATA, DATA], ...failure('internal') }, { headers: SENT_HEADERS });
add('Errors', 'server-stream/error-with-no-responses', 'server-stream', { ...META, ...failure('internal') });
add('Errors', 'client-stream/error-one-request', 'client-stream', failure('internal'), { up: 1 });
add('Errors', 'client-stream/error-multiple-requests', 'client-stream', failure('internal'));
for (const [name, data] of [['error-with-responses', [DATA, DATA]], ['error-no-responses', []]]) {
  const plan = { ...META, data, ...failure('internal') };
  add('Errors', `bidi-stream/full-duplex/${name}`, 'bidi-stream', { ...plan, fullDuplex: true });
  add('Errors', `bidi-stream/half-duplex/${name}`, 'bidi-stream', plan);
}

// --- Metadata
const TWICE = {
  headers: { 'x-custom-header': ['foo', 'bar'] },
  trailers: { 'x-custom-trailer': ['bing', 'quuz'] },
};
const BYTES = Uint8Array.of(0, 1, 255);
const BINARY = { headers: { 'x-custom-bin': [BYTES] }, trailers: { 'x-trailing-bin': [BYTES, Uint8Array.of(7)] } };
for (const kind of KINDS) {
  add('Duplicate Metadata', `${kind}/success`, kind, { ...TWICE, data: DOWN[kind] }, { headers: SENT_HEADERS });
  add('Duplicate Metadata', `${kind}/error`, kind, { ...TWICE, ...failure('aborted') });
  const headers = [['x-conformance-bin', Buffer.from(BYTES).toString('base64')]];
  add('(Binary Metadata)', `${kind}/success`, kind, { ...BINARY, data: DOWN[kind] }, { headers });
}

// --- Empty messages
for (const [name, kind] of [
  ['unary', 'unary'],
  ['client-stream', 'client-stream'],
  ['server-stream', 'server-stream'],
  ['bidi-stream/half-duplex', 'bidi-stream'],
]) {
  const data = kind.startsWith('unary') || kind.startsWith('client') ? [''] : [];
  const sent = [requestOf({})];
  add('Server Empty Requests', `${name}/empty-request`, kind, {}, { sent, headers: SENT_HEADERS, wants: { data } });
}

// --- Deadlines
for (const kind of KINDS) {
  const plan = { data: DOWN[kind] };
  add('Deadline Propagation', `${kind}/success`, kind, plan, { needs: ['deadline'], timeoutMs: 10_000 });
  const held = { hold: true };
  const wants = { error: 'deadline_exceeded', data: [], cancelled: true };
  // The answers of a held call come or not, before its time is over.
  add('Timeouts', `${kind}/deadline-exceeded`, kind, held, { needs: ['deadline'], timeoutMs: 1000, wants });
}

// --- Cancellation: the client's error says it, and the service sees it
const cancelled = { error: 'canceled', cancelled: true };
const cancel = (name, kind, plan, how, data = []) =>
  add('Client Cancellation', name, kind, { ...plan, hold: true }, {
    needs: ['cancel'],
    cancel: how,
    wants: { ...cancelled, data },
  });
cancel('unary/cancel-after-arrival', 'unary', {}, { arrived: true });
cancel('client-stream/cancel-before-close-send', 'client-stream', {}, { sent: true });
cancel('client-stream/cancel-after-close-send', 'client-stream', {}, { arrived: true });
cancel('server-stream/cancel-after-zero-responses', 'server-stream', {}, { arrived: true });
cancel('server-stream/cancel-after-responses', 'server-stream', { data: [DATA] }, { responses: 1 }, [DATA]);
const full = { data: [DATA, DATA], fullDuplex: true };
cancel('bidi-stream/full-duplex/cancel-after-responses', 'bidi-stream', full, { responses: 2 }, [DATA, DATA]);
cancel('bidi-stream/half-duplex/cancel-after-responses', 'bidi-stream', { data: [DATA] }, { responses: 1 }, [DATA]);
cancel('bidi-stream/half-duplex/cancel-before-close-send', 'bidi-stream', {}, { sent: true });

// --- Sizes, uncompressed
const sized = (name, kind, sizes, error) => {
  const plan = { data: DOWN[kind] };
  const sent = sizes.map((size, i) => requestOfSize(size, { plan: i === 0 ? plan : undefined }));
  const wants = error ? { error, data: [] } : {};
  add('Server Message Size', name, kind, plan, { sent, needs: ['large', 'binary'], wants });
};
for (const kind of ['unary', 'server-stream']) {
  sized(`${kind}/request-equal-to-server-limit`, kind, [LIMIT]);
  sized(`${kind}/request-exceeds-server-limit`, kind, [LIMIT + 10], 'resource_exhausted');
}
for (const [name, kind] of [
  ['client-stream', 'client-stream'],
  ['bidi-stream/half-duplex', 'bidi-stream'],
]) {
  sized(`${name}/all-requests-equal-to-server-limit`, kind, [LIMIT, LIMIT]);
  sized(`${name}/first-request-exceeds-server-limit`, kind, [LIMIT + 10, LIMIT], 'resource_exhausted');
  sized(`${name}/subsequent-request-exceeds-server-limit`, kind, [LIMIT, LIMIT + 10], 'resource_exhausted');
}

export const CASES = table;

// Whether `client` can be asked for `one` at all.
export const concerns = (one, client) =>
  client.kinds.includes(one.kind) &&
  one.needs.every((need) => client.can.has(need)) &&
  (one.method === undefined || client.anyMethod);

// Throws when an outcome is not what the case wants. `watch(cancelled)` waits until the
// service says so of the call.
export async function judge(one, outcome, watch) {
  const { plan, wants } = one;
  const error = wants.error ?? (plan.failure && CODES[plan.failure.code]);
  assert.equal(outcome.error?.code, error, outcome.error?.message);
  if (plan.failure) {
    assert.equal(outcome.error.message, plan.failure.message);
    const named = plan.failure.details.map(({ typeUrl, value }) => [typeUrl.split('/').pop(), ...value]);
    assert.deepEqual(outcome.error.details.map(({ type, value }) => [type, ...value]), named);
  }
  if (wants.cancelled) await watch(true);
  judgeMessages(one, outcome, wants.data ?? (error ? streamed(one) : answers(one)));
  if (wants.error) return;
  judgeMetadata(plan.headers, outcome.headers);
  if (outcome.trailers) judgeMetadata(plan.trailers, outcome.trailers);
}

const text = (bytes) => Buffer.from(bytes).toString();
const oneDown = ({ kind }) => kind === 'unary' || kind === 'client-stream';
const answers = (one) => (oneDown(one) ? [one.plan.data?.[0] ?? ''] : (one.plan.data ?? []));
// What came of a call that failed: of one with a single answer nothing.
const streamed = (one) => (oneDown(one) ? [] : (one.plan.data ?? []));

function judgeMessages(one, outcome, data) {
  assert.deepEqual(outcome.messages.map((message) => text(message.data)), data);
  const info = outcome.messages.at(-1)?.info;
  if (!info) return;
  const seen = Object.fromEntries(info.headers.map(({ name, values }) => [name, values.map(text).join(', ')]));
  for (const [name] of one.headers ?? []) {
    const wanted = one.headers.filter((header) => header[0] === name).map(([, value]) => value);
    if (name.endsWith('-bin')) {
      const got = info.headers.find((header) => header.name === name).values;
      assert.deepEqual(got.map((value) => Buffer.from(value).toString('base64')), wanted);
    } else {
      assert.equal(seen[name], wanted.join(', '));
    }
  }
  if (one.timeoutMs) {
    // gRPC writes a timeout with three digits, rounded up.
    assert.ok(info.timeoutMs > 0n && info.timeoutMs <= one.timeoutMs * 1.01, `${info.timeoutMs} ms`);
  }
  assert.deepEqual(info.crc32, one.sent.map((message) => crc32(message.data)));
}

function judgeMetadata(planned = {}, got) {
  for (const [name, values] of Object.entries(planned)) {
    const wanted = name.endsWith('-bin')
      ? values.map((value) => Buffer.from(value).toString('base64').replace(/=+$/, ''))
      : values;
    assert.deepEqual(got.get(name), wanted, name);
  }
}

