// What is measured: each load gives {rate, p50, p99, refused}; rate and refused are of calls.

import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const script = new URL('book.lua', import.meta.url).pathname;
const root = new URL('../../..', import.meta.url).pathname;
const grpcLoad = path.join(process.env.JINHUAN_BUILD ?? path.join(root, 'build/release'), 'bin/grpc_load');

let turn = 0;
const environment = (targets, tokens) => ({
  ...process.env,
  TARGETS: targets,
  TOKENS: tokens,
  RUN: `bench-${++turn}-`,
});

function resultOf(stdout) {
  const result = JSON.parse(stdout.match(/^RESULT (.*)$/m)[1]);
  const refused = result.refused + result.broken;
  return { ...result, refused, rate: (result.calls - refused) / result.seconds };
}

export async function byHttp(suite, targets, tokens, clients, seconds) {
  const args = ['-t1', `-c${clients}`, `-d${seconds}s`, '-s', script, suite.http];
  const { stdout } = await run('wrk', args, { env: environment(targets, tokens) });
  return resultOf(stdout);
}

export async function byGrpc(suite, targets, tokens, clients, seconds) {
  const { stdout, stderr } = await run(grpcLoad, [suite.grpc, clients, seconds], {
    env: environment(targets, tokens),
  });
  process.stderr.write(stderr);
  return resultOf(stdout);
}

// One of sysbench's tests, on the suite's own database server.
export function bySysbench(suite, test, options = []) {
  const socket = path.join(suite.data, 'run/database.sock');
  const sysbench = (command, ...more) =>
    run('sysbench', [
      test, `--mysql-socket=${socket}`, '--mysql-user=bench', '--mysql-password=bench', '--mysql-db=bench',
      ...options, ...more, command,
    ]);
  return {
    prepare: () => sysbench('prepare'),
    async run(clients, seconds, more = []) {
      const args = [`--threads=${clients}`, `--time=${seconds}`, '--histogram=on', ...more];
      const { stdout } = await sysbench('run', ...args);
      const rate = Number(stdout.match(/transactions:.*\(([\d.]+) per sec/)[1]);
      const percentile = percentilesOf(stdout);
      return { rate, p50: percentile(50), p99: percentile(99), refused: 0 };
    },
  };
}

// Lines of the histogram: `   0.139 |***   42`, the value in ms and how many had it.
function percentilesOf(stdout) {
  const bars = [...stdout.matchAll(/^ *([\d.]+) \|\**\s+(\d+)$/gm)].map(([, ms, count]) => [Number(ms), Number(count)]);
  const all = bars.reduce((sum, [, count]) => sum + count, 0);
  return (percent) => {
    let seen = 0;
    return bars.find(([, count]) => (seen += count) >= (all * percent) / 100)?.[0] ?? Number.NaN;
  };
}
