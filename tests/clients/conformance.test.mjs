// The named cases of the public conformance suite of the Connect protocols, for Connect,
// gRPC-Web and gRPC, by clients that nobody adapted. docs/conformance.md holds the outcome;
// JINHUAN_WRITE_DOCS=1 writes it anew.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { clone } from '@bufbuild/protobuf';
import { RequestSchema } from './conformance/call.mjs';
import { CASES, concerns, judge } from './conformance/cases.mjs';
import { bufCurlClients } from './conformance/clients/buf_curl.mjs';
import { connectNodeClients, watcher } from './conformance/clients/connect_node.mjs';
import { grpcJsClients } from './conformance/clients/grpc_js.mjs';
import { grpcWebClients, startSite } from './conformance/clients/grpc_web.mjs';
import { Matrix, write, written } from './conformance/matrix.mjs';
import { RAW_CASES } from './conformance/raw_cases.mjs';
import { startServer } from './conformance/server.mjs';

const BY_HAND = 'by hand';

const site = await startSite();
const server = { ...(await startServer(site.origin)), origin: site.origin };
const clients = [
  ...connectNodeClients(server),
  ...grpcJsClients(server),
  ...(await grpcWebClients(site, server)),
  ...bufCurlClients(server),
];
const service = watcher(server);
const matrix = new Matrix([...clients.map(({ name }) => name), BY_HAND]);

after(async () => {
  for (const client of clients) await client.end();
  site.end();
  await server.end();
});

// One case by one client. The service knows a call that is to be cancelled by its label.
async function attempt(one, client) {
  const label = randomUUID();
  const messages = one.sent.map((message) => clone(RequestSchema, message));
  if (one.wants.cancelled) messages[0].plan.label = label;
  const watch = (cancelled) => service.awaitCall({ label, cancelled });
  const outcome = await client.call({ ...one, messages, label, arrived: () => watch(false) });
  await judge(one, outcome, watch);
}

// Runs `checks` ({client, run}) of a case side by side; all must pass.
async function pass(one, checks) {
  const failures = [];
  await Promise.all(
    checks.map(async ({ client, run }) => {
      const failure = await run().then(() => undefined, (error) => error);
      matrix.set(one, client, failure === undefined);
      if (failure) failures.push(`${client}: ${failure.stack}`);
    }),
  );
  assert.deepEqual(failures, []);
}

for (const one of CASES) {
  test(`${one.group}: ${one.name}`, () =>
    pass(
      one,
      clients
        .filter((client) => concerns(one, client))
        .map((client) => ({ client: client.name, run: () => attempt(one, client) })),
    ));
}

for (const one of RAW_CASES) {
  test(`${one.group}: ${one.name}, by hand`, () => pass(one, [{ client: BY_HAND, run: () => one.run(server) }]));
}

test('the outcome is what docs/conformance.md says', () => {
  console.log(`${matrix}`);
  if (process.env.JINHUAN_WRITE_DOCS) write(matrix.markdown());
  assert.equal(written(), matrix.markdown());
});
