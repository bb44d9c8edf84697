// Measures in turns and prints the table; see run.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inParallel } from '../../../deploy/demo/api.mjs';
import { Suite } from '../../lib/suite.mjs';
import { once, openPlace, slotsOf, withoutCharterQuotas } from '../../lib/world.mjs';
import { byGrpc, byHttp, bySysbench } from './loads.mjs';

const [seconds, rounds, syncMs] = process.argv.slice(2).map(Number);
const CLIENTS = [1, 16, 64, 256];
const WINDOWS = 100;
// Counted for each booking, and too high for this many to use it up in a round.
const quota = { subject: 'QUOTA_SUBJECT_PERSON', period: 'QUOTA_PERIOD_DAY', limit: 10_000 };
const PERSONS = 16;

if (syncMs > 0) {
  Object.assign(process.env, {
    LD_PRELOAD: path.join(process.env.JINHUAN_BUILD, 'bin/libslow_sync.so'),
    SYNC_MS: String(syncMs),
  });
}
const suite = await Suite.start('bench');
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

function save(name, lines) {
  const file = path.join(suite.data, name);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

// Microseconds of processor that each of the suite's busy processes has used.
const PROCESSES = ['gateway', 'resource-svc', 'database'];
const used = () =>
  PROCESSES.map((name) => {
    const [utime, stime] = readFileSync(`/proc/${suite.pid(name)}/stat`, 'utf8').split(') ')[1].split(' ').slice(11);
    return (Number(utime) + Number(stime)) * 10_000; // of a hundredth of a second each
  });

// A file with a session a line, each of another person.
async function sessions() {
  const [system, security] = await Promise.all(['sysadmin', 'secadmin'].map((login) => suite.as(login)));
  const { password, member } = suite.account('staff1');
  const tokens = await inParallel(2, Array.from({ length: PERSONS }), async (_, i) => {
    const login = `bench${i}`;
    const { name } = await system.call('alliance.v1.UserService/CreateUser', {
      user: { login, displayName: login },
      password,
      requestId: once(),
    });
    const grant = { role: 'ROLE_STAFF', alliance: suite.demo.alliance, member };
    await security.call('alliance.v1.UserService/GrantRole', { name, grant, requestId: once() });
    return suite.token({ login, password });
  });
  return save('tokens', tokens);
}

// A file with a JSON booking a line, one for each of `count` new windows.
let files = 0;
async function targets(count) {
  const street = await suite.as('street');
  const lines = await inParallel(8, Array.from({ length: count }), async () => {
    const { facility } = await openPlace(suite, street, { capacity: 100_000, quotas: [quota] });
    const { window, startTime, endTime } = (await slotsOf(suite, street, facility)).at(-1);
    return JSON.stringify({ window, startTime, endTime });
  });
  return save(`targets-${++files}`, lines);
}

const HOT_USUAL = 'FOR UPDATE, 1 hot row';
const INSERT = 'sysbench oltp_insert';

try {
  suite.sql(`CREATE DATABASE bench; CREATE USER bench@localhost IDENTIFIED BY 'bench';
             GRANT ALL ON bench.* TO bench@localhost; SET GLOBAL max_connections = 600;`);
  const insert = bySysbench(suite, 'oltp_insert', ['--tables=1', '--table-size=10000']);
  const usual = bySysbench(suite, new URL('for_update.lua', import.meta.url).pathname);
  await Promise.all([insert.prepare(), usual.prepare()]);
  await withoutCharterQuotas(suite, await suite.as('street'));
  const tokens = await sessions();
  const spread = await targets(WINDOWS);
  const measures = {
    [INSERT]: (clients) => insert.run(clients, seconds),
    [HOT_USUAL]: (clients) => usual.run(clients, seconds),
    [`FOR UPDATE, ${WINDOWS} rows`]: (clients) => usual.run(clients, seconds, [`--rows=${WINDOWS}`]),
    [`HTTP, ${WINDOWS} windows`]: (clients) => byHttp(suite, spread, tokens, clients, seconds),
    [`gRPC, ${WINDOWS} windows`]: (clients) => byGrpc(suite, spread, tokens, clients, seconds),
    'HTTP, 1 hot window': async (clients) => byHttp(suite, await targets(1), tokens, clients, seconds),
    'gRPC, 1 hot window': async (clients) => byGrpc(suite, await targets(1), tokens, clients, seconds),
  };
  const results = {};
  for (let round = 1; round <= rounds; ++round) {
    for (const clients of CLIENTS) {
      for (const [title, measure] of Object.entries(measures)) {
        const before = used();
        const result = await measure(clients);
        used().forEach((us, i) => {
          result[PROCESSES[i]] = (us - before[i]) / (result.rate * seconds);
        });
        (results[`${title}|${clients}`] ??= []).push(result);
        console.log(`round ${round}: ${title}, ${clients} clients: ${result.rate.toFixed(0)}/s`);
      }
    }
  }

  const of = (title, clients, key) => median(results[`${title}|${clients}`].map((result) => result[key]));
  console.log(`\n${'clients'.padEnd(33)}per s  of sysbench  x FOR UPDATE   p50 ms   p99 ms  refused  processor µs: ${PROCESSES.join(', ')}`);
  for (const title of Object.keys(measures)) {
    for (const clients of CLIENTS) {
      const rate = of(title, clients, 'rate');
      console.log(
        title.padEnd(22) + String(clients).padStart(5) + rate.toFixed(0).padStart(11) +
          `${((100 * rate) / of(INSERT, clients, 'rate')).toFixed(0)}%`.padStart(13) +
          (rate / of(HOT_USUAL, clients, 'rate')).toFixed(1).padStart(14) +
          of(title, clients, 'p50').toFixed(1).padStart(9) + of(title, clients, 'p99').toFixed(1).padStart(9) +
          String(of(title, clients, 'refused')).padStart(9) +
          PROCESSES.map((name) => of(title, clients, name).toFixed(0).padStart(8)).join(''),
      );
    }
  }
  console.log('\nGoals: 16 clients spread by HTTP at 25% of sysbench; hot at 4 x FOR UPDATE, p99 below 100 ms at 64.');
} finally {
  await suite.end();
}
