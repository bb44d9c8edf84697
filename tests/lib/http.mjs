// One HTTP request, as plain as a test needs it: any bytes, any headers, any
// source address.

import { Agent, request as start } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

// POST unless another `method` is given. A `body` that is no string and no bytes
// is sent as JSON. Gives {status, headers, bytes, text, json}; json is undefined when
// the answer is none.
export function request(url, { method = 'POST', headers = {}, body, token, localAddress } = {}) {
  const raw = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
  const payload = raw ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const call = start(
      url,
      {
        method,
        agent: localAddress ? undefined : agent,
        localAddress,
        headers: {
          ...(method === 'POST' && { 'content-type': 'application/json' }),
          ...(token && { authorization: `Bearer ${token}` }),
          ...headers,
        },
      },
      (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          const text = bytes.toString('utf8');
          resolve({ status: response.statusCode, headers: response.headers, bytes, text, json: parse(text) });
        });
      },
    );
    call.on('error', reject);
    call.end(payload);
  });
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// One gRPC call with `body` as it is, frames and all. Gives the status (a number as
// text, as it travels), the message and the details; status is undefined when the server
// reset the stream without one.
export async function rawGrpc(suite, path, body, token) {
  const session = openGrpc(suite);
  const answer = await callGrpc(session, path, body, token);
  session.destroy();
  return answer;
}

// A connection for many calls; to be destroyed. Node gives one 10 MB, and a client that has so much
// left to send when it is answered would not hear the answer.
export function openGrpc(suite) {
  const session = connectHttp2(`http://${suite.grpc}`, { maxSessionMemory: 100 });
  session.on('error', () => {});
  return session;
}

// The same on such a connection.
export async function callGrpc(session, path, body, token) {
  const call = session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
    ...(token && { authorization: `Bearer ${token}` }),
  });
  let told = {};
  call.on('response', (headers) => (told = { ...told, ...headers }));
  call.on('trailers', (trailers) => (told = { ...told, ...trailers }));
  call.on('error', () => {});
  call.resume();
  call.end(body);
  await new Promise((resolve) => call.on('close', resolve));
  return {
    status: told['grpc-status'],
    message: decodeURIComponent(told['grpc-message'] ?? ''),
    details: Buffer.from(told['grpc-status-details-bin'] ?? '', 'base64'),
  };
}
