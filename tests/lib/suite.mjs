// A suite of its own for a test file: deploy/up on free ports and a temporary
// folder. A process that a test kills comes back by itself (--supervise).

import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Api } from '../../deploy/demo/api.mjs';
import { request } from './http.mjs';

const root = new URL('../..', import.meta.url).pathname;

// A port that nobody listens on: none of those that the machine gives to whoever connects
// (ip_local_port_range), which might be given away before it is bound.
export async function freePort() {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port) {
  const server = createServer();
  return new Promise((resolve) => {
    server.on('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

const HOUR = 3600e3;

// Until the hour, or the day (Asia/Shanghai is UTC+8), goes on for `most` ms at least.
async function awaitWhole(span, most) {
  const left = span - ((Date.now() + 8 * HOUR) % span);
  if (left < most) await pause(left);
}

// For a test that looks twice at slots as they pass, and at what the clock does to bookings.
export const withinAnHour = () => awaitWhole(HOUR, 60e3);

// Whether a process runs: not one that nobody has waited for yet, once all its threads ended.
export function isAlive(pid) {
  try {
    return !/^State:\s+[ZX].*^Threads:\s+1$/ms.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

export class Suite {
  // With the demo alliance loaded, and with `story` what it has behind it. With `clock` its time
  // can be moved: now().
  static async start(name, { clock = false, story = false } = {}) {
    // The demo, what is booked and what is expected are of one day.
    await awaitWhole(24 * HOUR, 5 * 60e3);
    const suite = new Suite();
    suite.name = name;
    suite.story = story;
    // Short, because a unix socket's path is.
    suite.data = mkdtempSync(path.join(tmpdir(), 'jinhuan-suite.'));
    if (clock) suite.advanceTo(Date.now());
    await suite.up();
    suite.demo = JSON.parse(readFileSync(path.join(suite.data, 'demo.json'), 'utf8'));
    return suite;
  }

  // Between choosing a free port and taking it another run may take it: then
  // deploy/up ends with status 3, and others are chosen.
  async up() {
    for (let attempt = 0; ; ++attempt) {
      const [port, grpcPort] = [await freePort(), await freePort()];
      this.http = `http://127.0.0.1:${port}`;
      this.grpc = `127.0.0.1:${grpcPort}`;
      if (await this.#spawn(port, grpcPort)) return;
      if (this.up_.exitCode !== 3 || attempt === 5) {
        throw new Error(`deploy/up ended with ${this.up_.exitCode}:\n${this.output}`);
      }
    }
  }

  // True once it serves. It ends with this process, however that ends.
  #spawn(port, grpcPort) {
    const options = ['--no-build', '--supervise', '--data', this.data];
    if (!this.story) options.push('--no-story');
    if (this.ahead !== undefined) options.push('--test-clock', this.#clock);
    this.output = '';
    this.up_ = spawn(
      'setpriv',
      ['--pdeathsig', 'TERM', path.join(root, 'deploy/up'), ...options, '--port', port, '--grpc-port', grpcPort],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    return new Promise((resolve) => {
      const collect = (chunk) => {
        this.output += chunk;
        if (this.output.includes('Ctrl-C stops')) resolve(true);
      };
      this.up_.stdout.on('data', collect);
      this.up_.stderr.on('data', collect);
      this.up_.on('close', () => resolve(false));
    });
  }

  get #clock() {
    return path.join(this.data, 'clock');
  }

  // What time it is for the suite, in milliseconds since 1970; it passes as always.
  now() {
    return Date.now() + (this.ahead ?? 0) * 1000;
  }

  // Moves the suite's clock to the moment `time`, or up to a second before it.
  advanceTo(time) {
    this.ahead = Math.floor((time - Date.now()) / 1000);
    // At once, so that nobody reads half of it.
    writeFileSync(`${this.#clock}.new`, `${this.ahead}\n`);
    renameSync(`${this.#clock}.new`, this.#clock);
  }

  // Stops in order, as Ctrl-C does; the data stay.
  async down() {
    if (this.up_.exitCode !== null) return;
    const closed = new Promise((resolve) => this.up_.on('close', resolve));
    this.up_.kill('SIGTERM');
    await closed;
  }

  // Stops, keeps the logs, removes the rest.
  async end() {
    await this.down();
    const kept = process.env.JINHUAN_ARTIFACTS;
    if (kept) cpSync(path.join(this.data, 'log'), path.join(kept, this.name), { recursive: true });
    rmSync(this.data, { recursive: true, force: true });
  }

  // Ends a process of the suite at once: alliance-svc, resource-svc, meeting-svc,
  // gateway or database. It answers nobody any more when this returns.
  kill(name) {
    const pid = this.pid(name);
    process.kill(pid, 'SIGKILL');
    while (isAlive(pid));
  }

  // Ends a process and keeps it down until the function that this gives is called; it
  // waits until the process is back.
  takeDown(name) {
    // Who would start it again is halted.
    process.kill(this.up_.pid, 'SIGSTOP');
    this.kill(name);
    const returns = () => this.output.split(`${name} is back`).length;
    const before = returns();
    return async () => {
      process.kill(this.up_.pid, 'SIGCONT');
      while (returns() === before) await pause(50);
    };
  }

  pid(name) {
    return Number(readFileSync(path.join(this.data, 'run', `${name}.pid`), 'utf8'));
  }

  // The demo's account of this login or role; those it does not list have the
  // street's password.
  account(login) {
    const listed = this.demo.accounts.find((account) => [account.login, account.role].includes(login));
    return listed ?? { login, password: this.account('street').password };
  }

  // A caller with the demo account of this login or role.
  async as(login) {
    const account = this.account(login);
    return new Api(this.http, await this.token(account));
  }

  // A caller who signs in with a password.
  async signIn(login, password) {
    return new Api(this.http, await this.token({ login, password }));
  }

  // Each sign-in comes from another loopback address, since they are limited per
  // address.
  async token({ login, password, role }) {
    const [method, body] =
      role === 'SYSTEM'
        ? ['IssueToken', { clientId: login, clientSecret: password }]
        : ['SignIn', { login, password, delivery: 'SESSION_DELIVERY_BODY' }];
    const answer = await request(`${this.http}/jinhuan.alliance.v1.AuthService/${method}`, {
      body,
      localAddress: `127.0.${1 + Math.floor(Math.random() * 250)}.${1 + Math.floor(Math.random() * 250)}`,
    });
    if (answer.status !== 200) throw new Error(`${login} can't sign in: ${answer.text}`);
    return answer.json.sessionToken ?? answer.json.accessToken;
  }

  // Runs SQL on the suite's database, as its root.
  sql(text) {
    const socket = path.join(this.data, 'run/database.sock');
    const args = ['--no-defaults', `--socket=${socket}`, '--batch', '--skip-column-names', '-e', text];
    return execFileSync('mariadb', args, { encoding: 'utf8' }).trim();
  }
}
