// @grpc/grpc-js, native gRPC.

import { fromBinary, toBinary } from '@bufbuild/protobuf';
import * as grpc from '@grpc/grpc-js';
import { CODES, detailsIn, Metadata, METHODS, pathOf, RequestSchema, ResponseSchema } from '../call.mjs';

const GZIP = { 'grpc.default_compression_algorithm': grpc.compressionAlgorithms.gzip };

export const grpcJsClients = (server) => [client(server, 'gRPC', {}), client(server, 'gRPC, gzip', GZIP)];

function client({ grpc: address }, variant, options) {
  const stub = new grpc.Client(address, grpc.credentials.createInsecure(), options);
  return {
    name: `grpc-js: ${variant}`,
    kinds: Object.keys(METHODS),
    anyMethod: true,
    can: new Set(['cancel', 'deadline', 'large', 'binary']),
    call: (described) => call(stub, described),
    end: () => stub.close(),
  };
}

function metadataOf(headers = []) {
  const metadata = new grpc.Metadata();
  for (const [name, value] of headers) {
    metadata.add(name, name.endsWith('-bin') ? Buffer.from(value, 'base64') : value);
  }
  return metadata;
}

const pairsOf = (metadata) =>
  Object.keys(metadata.getMap()).flatMap((name) => metadata.get(name).map((value) => [name, value]));

// Ends with the status, which grpc-js gives for every kind of call in the same way.
function call(stub, { kind, method, messages, headers, timeoutMs, cancel, arrived }) {
  const outcome = { headers: new Metadata(), trailers: new Metadata(), messages: [] };
  const start = {
    unary: 'makeUnaryRequest',
    'client-stream': 'makeClientStreamRequest',
    'server-stream': 'makeServerStreamRequest',
    'bidi-stream': 'makeBidiStreamRequest',
  }[kind];
  const streamsUp = ['client-stream', 'bidi-stream'].includes(kind);
  const streamsDown = ['server-stream', 'bidi-stream'].includes(kind);
  return new Promise((resolve) => {
    let under;
    const take = (answer) => {
      outcome.messages.push(answer);
      if (cancel?.responses === outcome.messages.length) under.cancel();
    };
    under = stub[start](
      pathOf(method ? method[0].toUpperCase() + method.slice(1) : METHODS[kind]),
      (message) => Buffer.from(toBinary(RequestSchema, message)),
      (bytes) => fromBinary(ResponseSchema, bytes),
      ...(streamsUp ? [] : messages),
      metadataOf(headers),
      timeoutMs === undefined ? {} : { deadline: Date.now() + timeoutMs },
      ...(streamsDown ? [] : [(_, answer) => answer && take(answer)]),
    );
    under.on('metadata', (said) => (outcome.headers = Metadata.of(pairsOf(said))));
    under.on('status', ({ code, details, metadata }) => {
      outcome.trailers = Metadata.of(pairsOf(metadata));
      if (code !== grpc.status.OK) {
        outcome.error = {
          code: CODES[code],
          message: details,
          details: detailsIn(metadata.get('grpc-status-details-bin')[0]),
        };
      }
      // The answer of a call with one comes after its status.
      setImmediate(() => resolve(outcome));
    });
    under.on('error', () => {}); // the status says it
    if (streamsDown) under.on('data', take);
    if (cancel?.arrived) arrived().then(() => under.cancel());
    if (!streamsUp) return;
    for (const message of messages) under.write(message);
    if (cancel?.sent) arrived().then(() => under.cancel());
    else under.end();
  });
}
