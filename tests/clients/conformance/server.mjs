// ConformanceService behind a gateway, as one process on free ports; it ends with this one.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const root = new URL('../../..', import.meta.url).pathname;
const bin = path.join(process.env.JINHUAN_BUILD ?? path.join(root, 'build/release'), 'bin');

// `origin`: of a page of another site that may call. Gives {http, grpc, end}.
export async function startServer(origin) {
  const folder = mkdtempSync(path.join(tmpdir(), 'jinhuan-conformance.'));
  const key = path.join(folder, 'caller.seed');
  writeFileSync(key, `${'5e'.repeat(32)}\n`);
  const limits = ['public_write_burst', 'public_write_per_hour', 'public_read_per_minute'];
  const child = spawn(
    path.join(bin, 'conformance_gateway'),
    [
      '--http_listen=127.0.0.1:0',
      '--grpc_listen=127.0.0.1:0',
      `--caller_key_file=${key}`,
      `--allowed_origins=${origin}`,
      ...limits.map((limit) => `--${limit}=1000000`),
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const lines = createInterface({ input: child.stdout });
  const said = await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => undefined)]);
  if (said === undefined) throw new Error('the conformance gateway did not start');
  const { http, grpc } = JSON.parse(said[0]);
  return {
    http: `http://127.0.0.1:${http}`,
    grpc: `127.0.0.1:${grpc}`,
    async end() {
      const gone = once(child, 'exit');
      child.stdin.end();
      await gone;
      rmSync(folder, { recursive: true });
    },
  };
}
