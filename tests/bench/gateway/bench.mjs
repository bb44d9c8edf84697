// node bench.mjs SECONDS ROUNDS: see run. Neither side logs calls.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Process, openDoor } from '../../lib/door.mjs';
import { freePort } from '../../lib/suite.mjs';

const [seconds, rounds] = process.argv.slice(2).map(Number);
const STREAMS = [1, 16, 128];
const TOKEN = 'a'.repeat(43);
const load = path.join(process.env.JINHUAN_BUILD, 'bin/gateway_load');
const folder = mkdtempSync(path.join(tmpdir(), 'jinhuan-bench.'));
const backend = `unix:${folder}/backend.sock`;

const resultOf = (command, args, env = {}) => {
  const output = execFileSync(command, args, { encoding: 'utf8', env: { ...process.env, TOKEN, ...env } });
  const result = JSON.parse(output.trim().split('\n').at(-1));
  if (result.failed > 0) throw new Error(`${result.failed} calls failed: ${command} ${args.join(' ')}`);
  return result;
};
const native = (address) => (streams) => resultOf(load, ['load', address, streams, seconds]);
const connect = (base, proto) => (streams) =>
  resultOf('wrk', ['-t1', `-c${streams}`, `-d${seconds}s`, '-s', new URL('call.lua', import.meta.url).pathname, base], {
    PROTO: proto,
  });

// nginx as its own documentation has it for gRPC, tuned to keep its connections.
async function startNginx() {
  const port = await freePort();
  writeFileSync(
    `${folder}/nginx.conf`,
    `daemon off; pid ${folder}/pid; worker_processes 1; error_log stderr notice;
     ${process.getuid() === 0 ? 'user root;' : ''}
     events { worker_connections 1024; }
     http {
       access_log off; client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p;
       fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
       upstream backend { server ${backend}; keepalive 256; keepalive_requests 100000000; }
       server {
         listen 127.0.0.1:${port} http2;
         keepalive_requests 100000000; http2_max_concurrent_streams 256;
         location / { grpc_pass grpc://backend; }
       }
     }`,
  );
  const nginx = new Process('/usr/sbin/nginx', ['-p', folder, '-e', 'stderr', '-c', `${folder}/nginx.conf`]);
  await nginx.says('start worker process');
  return { address: `127.0.0.1:${port}`, end: () => nginx.end() };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const service = await new Process(load, ['backend', backend]).says('ready');
mkdirSync(`${folder}/secrets`);
writeFileSync(`${folder}/secrets/caller.seed`, 'ab'.repeat(32));
const many = 1e6;
const door = await openDoor(
  { data: folder },
  [
    ...['calls_per_second_per_caller', 'calls_per_second_per_address', 'connections_per_second_per_address'].map(
      (limit) => `--${limit}=${many}`,
    ),
    '--log_level=warning',
  ],
  { alliance: backend, resource: backend, meeting: backend },
);
const nginx = await startNginx();

const sides = [
  ['nginx grpc_pass', native(nginx.address)],
  ['gateway, native gRPC', native(door.grpc)],
  ['gateway, Connect proto', connect(door.http, '1')],
  ['gateway, Connect JSON', connect(door.http, '0')],
];
const results = new Map();
try {
  for (let round = 0; round < rounds; ++round) {
    for (const streams of STREAMS) {
      for (const [name, run] of sides) {
        const key = `${name}|${streams}`;
        results.set(key, [...(results.get(key) ?? []), run(streams)]);
      }
    }
  }
} finally {
  for (const one of [nginx, door, service]) await one.end();
  rmSync(folder, { recursive: true, force: true });
}

const of = (name, streams, figure) => median(results.get(`${name}|${streams}`).map((result) => result[figure]));
console.log(`${rounds} rounds of ${seconds} s, medians; p50 and p99 in ms\n`);
console.log(`${'streams'.padEnd(9)}${'through'.padEnd(26)}${'calls/s'.padStart(9)}${'p50'.padStart(9)}${'p99'.padStart(9)}  beside`);
for (const streams of STREAMS) {
  for (const [name] of sides) {
    const yardstick = name.includes('Connect') ? sides[1][0] : sides[0][0];
    const share = of(name, streams, 'rate') / of(yardstick, streams, 'rate');
    const beside = name === yardstick ? '' : `${share.toFixed(2)} of ${yardstick}`;
    const figures = ['p50', 'p99'].map((figure) => of(name, streams, figure).toFixed(2).padStart(9)).join('');
    console.log(`${String(streams).padEnd(9)}${name.padEnd(26)}${of(name, streams, 'rate').toFixed(0).padStart(9)}${figures}  ${beside}`);
  }
}
