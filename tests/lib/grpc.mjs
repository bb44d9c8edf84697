// The suite through @connectrpc/connect-node, unmodified, with the code that
// protoc-gen-es makes of the protos.

import { Agent } from 'node:http';
import { Code, ConnectError, createClient } from '@connectrpc/connect';
import { createConnectTransport, createGrpcTransport, createGrpcWebTransport } from '@connectrpc/connect-node';
import { ErrorInfoSchema, BadRequestSchema, LocalizedMessageSchema } from '../gen/google/rpc/error_details_pb.js';

const bearer = (token) => [
  (next) => (call) => {
    if (token) call.header.set('authorization', `Bearer ${token}`);
    return next(call);
  },
];

// Native gRPC on the gRPC port.
export const grpcTransport = (suite, token, options = {}) =>
  createGrpcTransport({ baseUrl: `http://${suite.grpc}`, interceptors: bearer(token), ...options });

// One for all, or each transport keeps a connection of its own for a while.
const agent = new Agent({ keepAlive: true });

// Connect on the HTTP port, as the portal speaks it.
export const connectTransport = (suite, token, options = {}) =>
  createConnectTransport({
    baseUrl: suite.http,
    httpVersion: '1.1',
    nodeOptions: { agent },
    interceptors: bearer(token),
    ...options,
  });

// gRPC-Web on the HTTP port.
export const grpcWebTransport = (suite, token, options = {}) =>
  createGrpcWebTransport({
    baseUrl: suite.http,
    httpVersion: '1.1',
    nodeOptions: { agent },
    interceptors: bearer(token),
    ...options,
  });

export { Code, ConnectError, createClient };

// What an error says: its code, reason, metadata, fields and zh-CN text.
export function explain(error) {
  const [info] = error.findDetails(ErrorInfoSchema);
  const [form] = error.findDetails(BadRequestSchema);
  const [text] = error.findDetails(LocalizedMessageSchema);
  return {
    code: Code[error.code],
    reason: info?.reason,
    domain: info?.domain,
    metadata: info?.metadata,
    fields: form?.fieldViolations.map(({ field }) => field) ?? [],
    locale: text?.locale,
    text: text?.message,
  };
}

// The error of a call that must fail.
export async function failure(call) {
  try {
    await call;
  } catch (error) {
    return explain(ConnectError.from(error));
  }
  throw new Error('the call succeeded');
}
