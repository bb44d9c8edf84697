// What deploy/up is made of, before there is a suite: several start on one machine at
// the same moment, and one that is told to end leaves nothing behind.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { isAlive } from '../lib/suite.mjs';

const root = new URL('../..', import.meta.url).pathname;
const source = (...names) => names.map((name) => `source ${root}deploy/lib/${name}.sh`).join('\n');

// A mariadbd that starts deletes what looks like a temporary table where it has its own.
test('a database leaves the temporary tables of others alone', async (t) => {
  const scratch = mkdtempSync(path.join(tmpdir(), 'jinhuan start.')); // as a folder may be called
  t.after(() => rmSync(scratch, { recursive: true, force: true }));
  const others = path.join(scratch, '#sql-temptable-5d59-1-3.MAI');
  const make = async (step) => {
    writeFileSync(others, '');
    const script = `set -euo pipefail
      ${source('common', 'processes', 'database')}
      LOGS='${scratch}' RUN='${scratch}' DATABASE='${scratch}/database' SOCKET='${scratch}/socket'
      ${step}`;
    await promisify(execFile)('bash', ['-c', script], { env: { ...process.env, TMPDIR: scratch } });
    assert.ok(existsSync(others), step);
  };
  await make('create_database_files');
  await make('start_database; stop 60 database');
});

for (const signal of ['SIGTERM', 'SIGINT']) {
  test(`a script that is told to end by ${signal} ends what it waits for, also what is deaf`, { timeout: 20_000 }, async (t) => {
    const scratch = mkdtempSync(path.join(tmpdir(), 'jinhuan-start.'));
    t.after(() => rmSync(scratch, { recursive: true }));
    const pids = path.join(scratch, 'pids');
    // As deploy/up waits for deploy/build, and that for npm, which has children and is slow to hear.
    const deaf = `trap '' TERM INT; sleep 600 & echo $$ $! >${pids}; wait`;
    const build = `set -euo pipefail\n${source('common', 'progress')}\nrun_shown fetching nothing_more bash -c "${deaf.replaceAll('$', '\\$')}"`;
    const up = `set -euo pipefail\n${source('common', 'progress')}\nrun_stoppable bash -c "$BUILD_SCRIPT"`;
    const script = spawn('bash', ['-c', up], { env: { ...process.env, BUILD_SCRIPT: build }, stdio: 'ignore' });
    const ended = new Promise((resolve) => script.on('close', resolve));
    const written = () => (existsSync(pids) ? readFileSync(pids, 'utf8').trim().split(' ').map(Number) : []);
    while (written().length !== 2) await pause(20);
    const below = written();
    t.after(() => [script.pid, ...below].filter(isAlive).forEach((pid) => process.kill(pid, 'SIGKILL')));
    script.kill(signal);
    assert.equal(await ended, 143);
    while (below.some(isAlive)) await pause(20);
  });
}
