// What all clients have in common: how a call is described, and how it ended.
//
// A call: {kind, messages, headers, timeoutMs, cancel, label}. `kind` is 'unary',
// 'server-stream', 'client-stream' or 'bidi-stream'; `messages` are Requests; `headers` a
// list of [name, value]. `cancel`: {responses: n} after so many came, {sent: true} when all
// messages were sent and the call is not closed, {arrived: true} when the service has the
// call; `arrived()` then waits for that.
//
// An outcome: {headers, trailers, messages, error}. The metadata are Metadata, `trailers`
// undefined where a client does not show them; `error` is absent, or {code, message, details: [{type, value}]}.

import { create, createRegistry, fromBinary, toBinary } from '@bufbuild/protobuf';
import { ErrorInfoSchema } from '../../gen/google/rpc/error_details_pb.js';
import { StatusSchema } from '../../gen/google/rpc/status_pb.js';
import * as pb from '../../gen/jinhuan/conformance/v1/conformance_service_pb.js';

export const { ConformanceService, RequestSchema, ResponseSchema } = pb;

export const METHODS = {
  unary: 'Unary',
  'server-stream': 'ServerStream',
  'client-stream': 'ClientStream',
  'bidi-stream': 'BidiStream',
};
export const pathOf = (method) => `/${ConformanceService.typeName}/${method}`;

// The codes by number, as the Connect protocol names them.
export const CODES = [
  'ok',
  'canceled',
  'unknown',
  'invalid_argument',
  'deadline_exceeded',
  'not_found',
  'already_exists',
  'permission_denied',
  'resource_exhausted',
  'failed_precondition',
  'aborted',
  'out_of_range',
  'unimplemented',
  'internal',
  'unavailable',
  'data_loss',
  'unauthenticated',
];

const text = new TextEncoder();
export const bytesOf = (value) => (typeof value === 'string' ? text.encode(value) : value);

// A Request from what a case says: plan.headers and plan.trailers are {name: [values]}.
export function requestOf({ plan, data = '' }) {
  const listOf = (metadata = {}) =>
    Object.entries(metadata).map(([name, values]) => ({ name, values: values.map(bytesOf) }));
  return create(RequestSchema, {
    data: bytesOf(data),
    plan: plan && {
      ...plan,
      headers: listOf(plan.headers),
      trailers: listOf(plan.trailers),
      data: plan.data?.map(bytesOf),
    },
  });
}

// A Request of exactly `size` bytes.
export function requestOfSize(size, { plan }) {
  const padded = (length) => requestOf({ plan, data: new Uint8Array(length) });
  const overhead = toBinary(RequestSchema, padded(size)).length - size;
  return padded(size - overhead);
}

// Every error of the suite has a reason; one without is taken for the connection's words.
export const reason = (reason, metadata = {}) => ({
  typeUrl: 'type.googleapis.com/google.rpc.ErrorInfo',
  value: toBinary(ErrorInfoSchema, create(ErrorInfoSchema, { reason, domain: 'jinhuan.conformance.v1', metadata })),
});

// For who turns messages into JSON.
export const REGISTRY = createRegistry(ErrorInfoSchema);

// The details in a google.rpc.Status, as an outcome has them.
export const detailsIn = (bytes) =>
  bytes === undefined || bytes.length === 0
    ? []
    : fromBinary(StatusSchema, bytes).details.map(({ typeUrl, value }) => ({
        type: typeUrl.split('/').pop(),
        value,
      }));

// Metadata by lower-case name; the values of a name in order, those of "-bin" as base64
// without padding. A list in one header is several values.
export class Metadata {
  #values = new Map();

  static of(pairs) {
    const metadata = new Metadata();
    for (const [name, value] of pairs) metadata.add(name, value);
    return metadata;
  }
  add(name, value) {
    const list = this.get(name);
    const words = typeof value === 'string' ? value.split(/,\s*/) : [Buffer.from(value).toString('base64')];
    list.push(...words.map((word) => (name.endsWith('-bin') ? word.replace(/=+$/, '') : word)));
    this.#values.set(name.toLowerCase(), list);
  }
  get(name) {
    return this.#values.get(name.toLowerCase()) ?? [];
  }
}

// The messages of a call one by one, and then, unless it is to be cancelled before, its end.
export async function* upload({ messages, cancel, arrived }, stop) {
  yield* messages;
  if (!cancel?.sent) return;
  await arrived();
  stop();
  await new Promise(() => {});
}
