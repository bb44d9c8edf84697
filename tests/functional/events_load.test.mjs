// The short form of tests/load/events/run: that all clients are told, not how fast.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { measure } from '../lib/event_load.mjs';
import { Suite } from '../lib/suite.mjs';

let suite;
before(async () => {
  suite = await Suite.start('events-load');
});
after(() => suite?.end());

test('a hundred clients are told of every change', async (t) => {
  const { lost, p50, p99 } = await measure(suite, 100, 10);
  t.diagnostic(`p50 ${p50} ms, p99 ${p99} ms`);
  assert.equal(lost, 0);
});
