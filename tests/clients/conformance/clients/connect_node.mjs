// @connectrpc/connect-node, in its three transports.

import assert from 'node:assert/strict';
import { subscribe } from 'node:diagnostics_channel';
import { Agent } from 'node:http';
import { Code, ConnectError, createClient } from '@connectrpc/connect';
import {
  compressionGzip,
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from '@connectrpc/connect-node';
import { CODES, ConformanceService, Metadata, REGISTRY, upload } from '../call.mjs';

const agent = new Agent({ keepAlive: true });
const http1 = { httpVersion: '1.1', nodeOptions: { agent } };
const gzip = { sendCompression: compressionGzip, compressMinBytes: 0 };
const OVER_HTTP = ['unary', 'server-stream'];
const ALL = [...OVER_HTTP, 'client-stream', 'bidi-stream'];

export function connectNodeClients({ http, grpc }) {
  const connect = (options) => createConnectTransport({ baseUrl: http, ...http1, ...options });
  const web = (options) => createGrpcWebTransport({ baseUrl: http, ...http1, ...options });
  const native = (options) => createGrpcTransport({ baseUrl: `http://${grpc}`, ...options });
  const can = ['cancel', 'deadline', 'large', 'binary'];
  const get = { kinds: ['unary'], can: ['cancel', 'deadline', 'get'], unary: 'idempotentUnary' };
  return [
    client('Connect, JSON', connect({ useBinaryFormat: false, jsonOptions: { registry: REGISTRY } }), { kinds: OVER_HTTP, can: ['cancel', 'deadline'] }),
    client('Connect, binary', connect({ useBinaryFormat: true }), { kinds: OVER_HTTP, can }),
    client('Connect, GET', connect({ useBinaryFormat: true, useHttpGet: true }), get),
    client('Connect, gzip', connect({ useBinaryFormat: true, ...gzip }), { kinds: OVER_HTTP, can }),
    client('gRPC-Web', web(), { kinds: OVER_HTTP, can }),
    client('gRPC-Web, gzip', web(gzip), { kinds: OVER_HTTP, can }),
    client('gRPC', native(), { kinds: ALL, can }),
    client('gRPC, gzip', native(gzip), { kinds: ALL, can }),
  ];
}

// A client of the service alone, to ask how far a call is.
export const watcher = ({ grpc }) =>
  createClient(ConformanceService, createGrpcTransport({ baseUrl: `http://${grpc}`, defaultTimeoutMs: 20e3 }));

// The transport falls back to POST without a word.
subscribe('http.client.request.start', ({ request: { method, path } }) => {
  if (path.includes('/IdempotentUnary')) assert.equal(method, 'GET');
});

function client(variant, transport, { kinds, can, unary = 'unary' }) {
  const stub = createClient(ConformanceService, transport);
  return {
    name: `connect-node: ${variant}`,
    kinds,
    can: new Set(can),
    anyMethod: unary === 'unary',
    call: (described) => call(stub, { unary, ...described }),
    end: () => {},
  };
}

async function call(stub, { kind, method, unary, ...described }) {
  const { messages, headers = [], timeoutMs, cancel, arrived } = described;
  const stop = new AbortController();
  const outcome = { headers: new Metadata(), trailers: new Metadata(), messages: [] };
  const options = {
    headers,
    timeoutMs,
    signal: stop.signal,
    onHeader: (said) => (outcome.headers = Metadata.of(said)),
    onTrailer: (said) => (outcome.trailers = Metadata.of(said)),
  };
  const take = async (answers) => {
    for await (const answer of answers) {
      outcome.messages.push(answer);
      if (cancel?.responses === outcome.messages.length) stop.abort();
    }
  };
  if (cancel?.arrived) arrived().then(() => stop.abort());
  const sent = () => upload(described, () => stop.abort());
  try {
    if (kind === 'unary') outcome.messages.push(await stub[method ?? unary](messages[0], options));
    if (kind === 'server-stream') await take(stub.serverStream(messages[0], options));
    if (kind === 'client-stream') outcome.messages.push(await stub.clientStream(sent(), options));
    if (kind === 'bidi-stream') await take(stub.bidiStream(sent(), options));
  } catch (thrown) {
    const error = ConnectError.from(thrown);
    outcome.error = {
      code: CODES[error.code],
      message: error.rawMessage,
      details: error.details.map(({ type, value }) => ({ type, value })),
    };
    // It has leading and trailing metadata together.
    outcome.headers = outcome.trailers = Metadata.of(error.metadata);
    if (error.code === Code.Unknown && !(thrown instanceof ConnectError)) throw thrown;
  }
  return outcome;
}
