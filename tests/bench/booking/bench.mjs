// Measures in turns and prints the table; see run.

import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { inParallel } from '../../../deploy/demo/api.mjs';
import { Suite } from '../../lib/suite.mjs';
import { openPlace, slotsOf } from '../../lib/world.mjs';

const run = promisify(execFile);
const [seconds, rounds] = process.argv.slice(2).map(Number);
const script = new URL('book.lua', import.meta.url).pathname;
// Counted for each booking, and too high to be used up in a round.
const quota = { subject: 'QUOTA_SUBJECT_PERSON', period: 'QUOTA_PERIOD_DAY', limit: 10_000 };

const suite = await Suite.start('bench');
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

// A file with a JSON booking a line, one for each of `count` new windows.
async function targets(name, count) {
  const street = await suite.as('street');
  const lines = await inParallel(8, Array.from({ length: count }), async () => {
    const { facility } = await openPlace(suite, street, { capacity: 100_000, quotas: [quota] });
    const { window, startTime, endTime } = (await slotsOf(suite, street, facility)).at(-1);
    return JSON.stringify({ window, startTime, endTime });
  });
  const file = path.join(suite.data, name);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

let turn = 0;
async function book(file, clients) {
  const env = {
    ...process.env,
    TARGETS: file,
    TOKEN: await suite.token(suite.account('staff1')),
    RUN: `bench-${++turn}-`,
  };
  const args = ['-t1', `-c${clients}`, `-d${seconds}s`, '-s', script, suite.http];
  const { stdout } = await run('wrk', args, { env });
  const result = JSON.parse(stdout.match(/^RESULT (.*)$/m)[1]);
  const good = result.calls - result.refused - result.broken;
  return { rate: good / result.seconds, ...result };
}

function sysbench(command, ...options) {
  const socket = path.join(suite.data, 'run/database.sock');
  return run('sysbench', [
    'oltp_insert', '--threads=16', '--tables=1', '--table-size=10000', `--mysql-socket=${socket}`,
    '--mysql-user=bench', '--mysql-password=bench', '--mysql-db=bench', ...options, command,
  ]);
}

async function insert() {
  const { stdout } = await sysbench('run', `--time=${seconds}`, '--percentile=99');
  const number = (pattern) => Number(stdout.match(pattern)[1]);
  return {
    rate: number(/transactions:.*\(([\d.]+) per sec/),
    p99: number(/99th percentile: +([\d.]+)/),
    p50: Number.NaN,
    refused: 0,
    broken: 0,
  };
}

try {
  suite.sql(`CREATE DATABASE bench; CREATE USER bench@localhost IDENTIFIED BY 'bench';
             GRANT ALL ON bench.* TO bench@localhost;`);
  await sysbench('prepare');
  const spread = await targets('spread', 100);
  const measures = {
    'sysbench oltp_insert, 16 threads': insert,
    'booking, 16 clients, 100 windows': () => book(spread, 16),
    'booking, 64 clients, 1 hot window': async () => book(await targets('hot', 1), 64),
  };
  const results = Object.fromEntries(Object.keys(measures).map((title) => [title, []]));
  for (let round = 1; round <= rounds; ++round) {
    for (const [title, measure] of Object.entries(measures)) {
      results[title].push(await measure());
      console.log(`round ${round}: ${title}: ${results[title].at(-1).rate.toFixed(0)}/s`);
    }
  }

  const of = (title, key) => median(results[title].map((result) => result[key]));
  const yardstick = of('sysbench oltp_insert, 16 threads', 'rate');
  const figure = (value, digits = 0) => (Number.isNaN(value) ? '' : value.toFixed(digits));
  console.log('\n                                       per s   of sysbench   p50 ms   p99 ms   refused');
  for (const title of Object.keys(measures)) {
    const share = `${((100 * of(title, 'rate')) / yardstick).toFixed(0)}%`;
    console.log(
      title.padEnd(36) + figure(of(title, 'rate')).padStart(8) + share.padStart(14) +
        figure(of(title, 'p50'), 1).padStart(9) + figure(of(title, 'p99'), 1).padStart(9) +
        String(of(title, 'refused') + of(title, 'broken')).padStart(10),
    );
  }
  console.log('\nGoal: bookings over 100 windows at 25% of sysbench at least.');
} finally {
  await suite.end();
}
