// What no client sends, or hides from its user: requests made by hand. A case here:
// {group, name, run}; `run` gets the server and throws when it is not as wanted.

import assert from 'node:assert/strict';
import { connect } from 'node:http2';
import { gunzipSync, gzipSync } from 'node:zlib';
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { request } from '../../lib/http.mjs';
import { CODES, Metadata, pathOf, reason, requestOf, RequestSchema, ResponseSchema } from './call.mjs';

const table = [];
const add = (group, name, run) => table.push({ group, name, run });
export const RAW_CASES = table;

const PLAIN = toBinary(RequestSchema, requestOf({ data: 'by hand' }));
const LARGE = toBinary(RequestSchema, requestOf({ plan: { data: ['x'.repeat(5000)] } }));

const envelope = (message, flags = 0) => {
  const head = Buffer.alloc(5);
  head.writeUInt8(flags, 0);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
};
// [flags, message] of each envelope.
function envelopesIn(bytes) {
  const all = [];
  for (let at = 0; at + 5 <= bytes.length; at += 5 + bytes.readUInt32BE(at + 1)) {
    all.push([bytes[at], bytes.subarray(at + 5, at + 5 + bytes.readUInt32BE(at + 1))]);
  }
  return all;
}

const http = ({ http: base }, method, type, body, more = {}) =>
  request(base + pathOf(method), { body, ...more, headers: { 'content-type': type, ...more.headers } });

// How a call ended, whatever the protocol: the name of its code.
const endOf = {
  connect: (answer) => answer.json?.code ?? 'ok',
  stream: (answer) => JSON.parse(envelopesIn(answer.bytes).at(-1)[1]).error?.code ?? 'ok',
  web: (answer) => CODES[/grpc-status: (\d+)/.exec(answer.text)[1]],
};

// --- The HTTP status of each code
for (const code of CODES.slice(1)) {
  const status = { canceled: 499, unknown: 500, invalid_argument: 400, deadline_exceeded: 504, not_found: 404,
    already_exists: 409, permission_denied: 403, resource_exhausted: 429, failed_precondition: 400, aborted: 409,
    out_of_range: 400, unimplemented: 501, internal: 500, unavailable: 503, data_loss: 500, unauthenticated: 401 };
  add('Connect to HTTP Code', code.replaceAll('_', '-'), async (server) => {
    const failure = { code: CODES.indexOf(code), message: code, details: [reason('AS_PLANNED')] };
    const answer = await http(server, 'Unary', 'application/proto', toBinary(RequestSchema, requestOf({ plan: { failure } })));
    assert.equal(answer.status, status[code]);
    assert.equal(answer.json.code, code);
  });
}

// --- What is no request
const unexpected = (group, rows) => {
  for (const [name, method, type, body, wanted, more] of rows) {
    add(group, name, async (server) => {
      const answer = await http(server, method, type, body, more);
      if (typeof wanted === 'number') assert.equal(answer.status, wanted);
      else {
        const dialect = type.startsWith('application/connect') ? 'stream' : type.includes('grpc-web') ? 'web' : 'connect';
        assert.equal(endOf[dialect](answer), wanted);
      }
    });
  }
};
const PROTO = 'application/proto';
const STREAM = 'application/connect+proto';
const WEB = 'application/grpc-web+proto';
const TWO = Buffer.concat([envelope(PLAIN), envelope(PLAIN)]);
const NONE = Buffer.alloc(0);
unexpected('Connect Unexpected Requests', [
  ['unexpected-content-type', 'Unary', 'image/jpeg', '12345678', 415],
  ['unexpected-codec', 'Unary', 'application/foo', PLAIN, 415],
  ['unexpected-verb', 'Unary', PROTO, PLAIN, 405, { method: 'DELETE' }],
  ['unexpected-uri', 'NoSuchMethod', PROTO, PLAIN, 404],
  ['unexpected-compression', 'Unary', PROTO, PLAIN, 'unimplemented', { headers: { 'content-encoding': 'foo' } }],
  ['server-stream/no-request', 'ServerStream', STREAM, NONE, 'unimplemented'],
  ['server-stream/multiple-requests', 'ServerStream', STREAM, TWO, 'unimplemented'],
  ['unexpected-compressed-message', 'ServerStream', STREAM, envelope(PLAIN, 1), 'internal',
    { headers: { 'connect-content-encoding': 'identity' } }],
]);
unexpected('gRPC-Web Unexpected Requests', [
  ['unary/no-request', 'Unary', WEB, NONE, 'unimplemented'],
  ['unary/multiple-requests', 'Unary', WEB, TWO, 'unimplemented'],
  ['server-stream/no-request', 'ServerStream', WEB, NONE, 'unimplemented'],
  ['server-stream/multiple-requests', 'ServerStream', WEB, TWO, 'unimplemented'],
  ['unexpected-verb', 'Unary', WEB, envelope(PLAIN), 405, { method: 'DELETE' }],
  ['unexpected-uri', 'NoSuchMethod', WEB, envelope(PLAIN), 'unimplemented'],
  ['unexpected-codec', 'Unary', 'application/grpc-web+foo', envelope(PLAIN), 415],
  ['unexpected-compression', 'Unary', WEB, envelope(PLAIN, 1), 'unimplemented', { headers: { 'grpc-encoding': 'foo' } }],
  ['unexpected-compressed-message', 'Unary', WEB, envelope(PLAIN, 1), 'internal',
    { headers: { 'grpc-encoding': 'identity' } }],
]);

// A native call by hand: {code, headers, bytes}.
async function native({ grpc }, method, body, headers = {}) {
  const session = connect(`http://${grpc}`);
  session.on('error', () => {});
  const call = session.request({
    ':method': 'POST',
    ':path': pathOf(method),
    'content-type': 'application/grpc+proto',
    te: 'trailers',
    ...headers,
  });
  let said = {};
  const chunks = [];
  for (const event of ['response', 'trailers']) call.on(event, (more) => (said = { ...said, ...more }));
  call.on('data', (chunk) => chunks.push(chunk));
  call.on('error', () => {});
  call.end(body);
  await new Promise((resolve) => call.on('close', resolve));
  session.destroy();
  return { code: CODES[said['grpc-status']], headers: said, bytes: Buffer.concat(chunks) };
}
for (const [name, method, body, wanted, headers] of [
  ['unary/no-request', 'Unary', NONE, 'unimplemented'],
  ['unary/multiple-requests', 'Unary', TWO, 'unimplemented'],
  ['server-stream/no-request', 'ServerStream', NONE, 'unimplemented'],
  ['server-stream/multiple-requests', 'ServerStream', TWO, 'unimplemented'],
  ['client-stream/incomplete-message', 'ClientStream', envelope(PLAIN).subarray(0, -1), 'invalid_argument'],
  ['unexpected-verb', 'Unary', envelope(PLAIN), 415, { ':method': 'DELETE' }],
  ['unexpected-uri', 'NoSuchMethod', envelope(PLAIN), 'unimplemented'],
  ['unexpected-compression', 'Unary', envelope(PLAIN, 1), 'unimplemented', { 'grpc-encoding': 'foo' }],
  ['unexpected-compressed-message', 'Unary', envelope(PLAIN, 1), 'internal', { 'grpc-encoding': 'identity' }],
]) {
  add('gRPC Unexpected Requests', name, async (server) => {
    const { code, headers: said } = await native(server, method, body, headers);
    assert.deepEqual([said[':status'], code], typeof wanted === 'number' ? [wanted, undefined] : [200, wanted]);
  });
}

// --- Compression of answers, which clients undo
const ANSWER = (bytes) => fromBinary(ResponseSchema, bytes).data.length;
add('(Compression)', 'connect/answer-is-gzip', async (server) => {
  const headers = { 'accept-encoding': 'gzip', 'content-encoding': 'gzip' };
  const answer = await http(server, 'Unary', PROTO, gzipSync(LARGE), { headers });
  assert.equal(answer.headers['content-encoding'], 'gzip');
  assert.equal(ANSWER(gunzipSync(answer.bytes)), 5000);
});
for (const [title, type, takes, says] of [
  ['connect-stream', STREAM, 'connect-accept-encoding', 'connect-content-encoding'],
  ['grpc-web', WEB, 'grpc-accept-encoding', 'grpc-encoding'],
]) {
  add('(Compression)', `${title}/answer-is-gzip`, async (server) => {
    const headers = { [takes]: 'gzip', [says]: 'gzip' };
    const answer = await http(server, 'ServerStream', type, envelope(gzipSync(LARGE), 1), { headers });
    const [[flags, message]] = envelopesIn(answer.bytes);
    assert.deepEqual([answer.headers[says], flags, ANSWER(gunzipSync(message))], ['gzip', 1, 5000]);
  });
}
for (const method of ['Unary', 'ServerStream']) {
  add('(Compression)', `grpc/${method}/answer-is-gzip`, async (server) => {
    const headers = { 'grpc-encoding': 'gzip', 'grpc-accept-encoding': 'gzip' };
    const answer = await native(server, method, envelope(gzipSync(LARGE), 1), headers);
    const [[flags, message]] = envelopesIn(answer.bytes);
    assert.deepEqual([answer.headers['grpc-encoding'], flags, ANSWER(gunzipSync(message))], ['gzip', 1, 5000]);
  });
}
// Small as it comes, and far beyond the limit unpacked.
const BOMB = gzipSync(Buffer.alloc(64 << 20), { level: 9 });
for (const method of ['Unary', 'ClientStream']) {
  add('(Compression)', `grpc/${method}/bomb`, async (server) => {
    const { code } = await native(server, method, envelope(BOMB, 1), { 'grpc-encoding': 'gzip' });
    assert.equal(code, 'resource_exhausted');
  });
}
add('(Compression)', 'grpc-web/bomb', async (server) => {
  const answer = await http(server, 'Unary', WEB, envelope(BOMB, 1), { headers: { 'grpc-encoding': 'gzip' } });
  assert.equal(endOf.web(answer), 'resource_exhausted');
});

// --- gRPC-Web as text, and pages of other sites
add('(gRPC-Web as text)', 'trailers-are-last', async (server) => {
  const answer = await http(server, 'Unary', 'application/grpc-web-text', envelope(PLAIN).toString('base64'));
  const pieces = answer.text.match(/[^=]+=*/g).map((piece) => Buffer.from(piece, 'base64'));
  const [[, message], [flags, trailers]] = envelopesIn(Buffer.concat(pieces));
  assert.equal(ANSWER(message), 0);
  assert.equal(flags, 0x80);
  assert.match(trailers.toString(), /^grpc-status: 0\r\n/);
});
const preflight = ({ http: base }, origin) =>
  request(base + pathOf('Unary'), {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-grpc-web' },
  });
add('(CORS)', 'preflight/allowed', async (server) => {
  const answer = await preflight(server, server.origin);
  assert.equal(answer.status, 204);
  assert.equal(answer.headers['access-control-allow-origin'], server.origin);
});
add('(CORS)', 'preflight/refused', async (server) => {
  const answer = await preflight(server, 'https://elsewhere.example');
  assert.equal(answer.headers['access-control-allow-origin'], undefined);
});
add('(CORS)', 'answer/all-headers-can-be-read', async (server) => {
  const plan = { headers: { 'x-custom-header': ['foo'] } };
  const body = toBinary(RequestSchema, requestOf({ plan }));
  const answer = await http(server, 'Unary', PROTO, body, { headers: { origin: server.origin } });
  const exposed = Metadata.of([['names', answer.headers['access-control-expose-headers']]]).get('names');
  assert.ok(exposed.includes('x-custom-header'), `${exposed}`);
  assert.equal(answer.headers['access-control-allow-credentials'], undefined);
});
