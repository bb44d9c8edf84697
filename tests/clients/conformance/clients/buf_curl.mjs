// `buf curl`, in its three protocols, with the schema of the checkout.

import { spawn } from 'node:child_process';
import { fromJson, toJsonString } from '@bufbuild/protobuf';
import { Metadata, METHODS, pathOf, REGISTRY, RequestSchema, ResponseSchema } from '../call.mjs';

const root = new URL('../../../..', import.meta.url).pathname;
const BUF = `${root}protos/node_modules/.bin/buf`;
const SCHEMA = `${root}tests/gen/conformance.binpb`;
const OVER_HTTP = ['unary', 'server-stream'];
const HTTP2 = '--http2-prior-knowledge';

export const bufCurlClients = ({ http, grpc }) => [
  client('Connect', http, OVER_HTTP, '--protocol=connect'),
  client('gRPC-Web', http, OVER_HTTP, '--protocol=grpcweb'),
  client('gRPC', `http://${grpc}`, Object.keys(METHODS), '--protocol=grpc', HTTP2),
];

function client(variant, base, kinds, ...options) {
  return {
    name: `buf curl: ${variant}`,
    kinds,
    anyMethod: true,
    can: new Set(['large', 'binary']),
    call: (described) => call(base, options, described),
    end: () => {},
  };
}

async function call(base, options, { kind, method, messages, headers = [] }) {
  const name = method ? method[0].toUpperCase() + method.slice(1) : METHODS[kind];
  const { code, stdout, stderr } = await run([
    'curl',
    '--schema',
    SCHEMA,
    ...options,
    '--verbose',
    '--data=@-',
    ...headers.flatMap(([key, value]) => ['--header', `${key}: ${value}`]),
    base + pathOf(name),
  ], messages.map((message) => toJsonString(RequestSchema, message, { registry: REGISTRY })).join('\n'));
  const said = Metadata.of(
    [...stderr.matchAll(/^buf: < (?:\(#1\) )?([\w-]+): (.*)$/gm)].map(([, key, value]) => [
      key.toLowerCase().replace(/^trailer-/, ''),
      value,
    ]),
  );
  // It shows what comes as HTTP headers and trailers, not what a last envelope holds.
  const shown = options.includes('--protocol=grpc') || (options.includes('--protocol=connect') && kind === 'unary');
  const outcome = { headers: said, trailers: shown ? said : undefined, messages: answersIn(stdout) };
  if (code !== 0) outcome.error = errorIn(stderr);
  return outcome;
}

function run(args, input) {
  const child = spawn(BUF, args, { cwd: `${root}tests`, stdio: ['pipe', 'pipe', 'pipe'], timeout: 60e3 });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) child[name].setEncoding('utf8').on('data', (chunk) => (texts[name] += chunk));
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...texts })));
}

// One JSON object after the other.
function answersIn(stdout) {
  const pieces = stdout.split(/^(?=\{)/m).filter((piece) => piece.trim() !== '');
  return pieces.map((piece) => fromJson(ResponseSchema, JSON.parse(piece)));
}

// The error is the JSON object at the end.
function errorIn(stderr) {
  const at = stderr.lastIndexOf('\n{');
  const { code, message = '', details = [] } = JSON.parse(stderr.slice(at < 0 ? stderr.indexOf('{') : at));
  return {
    code,
    message,
    details: details.map(({ type, value }) => ({ type, value: Buffer.from(value, 'base64') })),
  };
}
