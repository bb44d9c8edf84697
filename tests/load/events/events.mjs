// The clients of tests/load/events/run.

import { Suite } from '../../lib/suite.mjs';
import { measure } from '../../lib/event_load.mjs';

const [clients, events] = process.argv.slice(2).map(Number);
const suite = await Suite.start('event-load');
try {
  const { lost, p50, p99, most } = await measure(suite, clients, events);
  console.log(`${clients} clients, ${events} events: p50 ${p50} ms, p99 ${p99} ms, at most ${most} ms; ${lost} lost`);
  process.exitCode = lost > 0 ? 1 : 0;
} finally {
  await suite.end();
}
