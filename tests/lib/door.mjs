// One more gateway before the services of a running suite, with flags of its own; and
// what stands before it.

import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { request } from './http.mjs';
import { freePort } from './suite.mjs';

const root = new URL('../..', import.meta.url).pathname;
const build = process.env.JINHUAN_BUILD ?? path.join(root, 'build/release');

// Until `test` gives something that is true, which it gives on. It counts when it was begun: it is
// tried once more after so many seconds, and then no more.
export async function eventually(test, seconds = 30) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const last = Date.now() > deadline;
    const found = await test();
    if (found) return found;
    if (last) throw new Error(`not within ${seconds} s: ${test}`);
    await pause(50);
  }
}

// A process that ends with this one; its output is collected.
export class Process {
  constructor(command, args) {
    this.output = '';
    this.child = spawn('setpriv', ['--pdeathsig', 'TERM', command, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.closed = new Promise((resolve) => this.child.on('close', resolve));
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.on('data', (chunk) => (this.output += chunk));
    }
  }

  // Until `test` gives something that is true; fails when the process ends before.
  async until(test) {
    const ended = this.closed.then((status) => {
      throw new Error(`ended with ${status}:\n${this.output}`);
    });
    ended.catch(() => {});
    await Promise.race([ended, eventually(test, 30)]);
    return this;
  }

  says(words) {
    return this.until(() => this.output.includes(words));
  }

  async end() {
    this.child.kill('SIGTERM');
    await this.closed;
  }
}

// A program of the build.
const program = (name, flags) => new Process(path.join(build, 'bin', name), flags);

// One more alliance-svc, resource-svc or meeting-svc on the database of a suite, once it serves.
export function startService(suite, name, listen, flags = []) {
  const [secrets, service] = [`${suite.data}/secrets`, `${name}-svc`];
  const follows = { alliance: [], resource: ['alliance'], meeting: ['alliance', 'resource'] }[name];
  return program(service, [
    `--listen=${listen}`,
    ...[`--db_socket=${suite.data}/run/database.sock`, `--db_schema=${name}`, `--db_user=${name}`],
    ...[`--db_password_file=${secrets}/${service}.password`, `--caller_public_key_file=${secrets}/caller.public`],
    `--journal_key_file=${secrets}/${service}.journal`,
    ...follows.map((other) => `--${other}_target=unix:${suite.data}/run/${other}-svc.sock`),
    ...(name === 'alliance'
      ? []
      : [`--caller_key_file=${secrets}/caller.seed`, `--check_in_key_file=${secrets}/check-in.key`]),
    ...flags,
  ]).says('"event":"serving"');
}

// A gateway, once it is ready; gives its addresses as a suite has them, and `end`. `targets`
// may name other addresses of services, which need not be there: then once it answers.
export async function openDoor(suite, flags = [], targets = {}) {
  const [httpPort, grpcPort] = [await freePort(), await freePort()];
  const http = `http://127.0.0.1:${httpPort}`;
  const at = (service) => targets[service] ?? `unix:${suite.data}/run/${service}-svc.sock`;
  const gateway = program('jinhuan-gateway', [
    `--http_listen=127.0.0.1:${httpPort}`,
    `--grpc_listen=127.0.0.1:${grpcPort}`,
    `--portal_dir=${root}/gateway/portal/dist`,
    `--caller_key_file=${suite.data}/secrets/caller.seed`,
    ...['alliance', 'resource', 'meeting'].map((service) => `--${service}_target=${at(service)}`),
    ...flags,
  ]);
  const whole = Object.keys(targets).length === 0;
  await gateway.until(async () => {
    const health = await request(`${http}/healthz`, { method: 'GET' }).catch(() => undefined);
    return health && (!whole || health.status === 200);
  });
  return {
    http,
    grpc: `127.0.0.1:${grpcPort}`,
    httpPort,
    grpcPort,
    end: () => gateway.end(),
  };
}

// nginx as deploy/nginx/configure sets it up, before a door; gives the port.
export async function openNginx(folder, door, { certificate, key }, options = []) {
  const port = await freePort();
  const site = execFileSync(path.join(root, 'deploy/nginx/configure'), [
    ...['--listen', `127.0.0.1:${port}`, '--certificate', certificate, '--key', key],
    ...['--http', `127.0.0.1:${door.httpPort}`, '--grpc', `127.0.0.1:${door.grpcPort}`, ...options],
  ]);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'site.conf'), site);
  const kept = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`);
  writeFileSync(
    path.join(folder, 'nginx.conf'),
    `daemon off; pid ${folder}/pid; error_log stderr notice;\nevents {}\nhttp {\n${kept.join('\n')}\ninclude ${folder}/site.conf;\n}\n`,
  );
  const nginx = new Process('/usr/sbin/nginx', ['-p', folder, '-e', 'stderr', '-c', `${folder}/nginx.conf`]);
  await nginx.says('start worker process');
  return { port, base: `https://127.0.0.1:${port}`, end: () => nginx.end() };
}

// An authority of certificates, made by openssl in a folder.
export class Authority {
  constructor(folder, name) {
    this.folder = folder;
    this.name = name;
    mkdirSync(folder, { recursive: true });
    this.certificate = this.#path(`${name}.pem`);
    this.#openssl('req', '-x509', ...NEW_KEY, '-keyout', this.#path(`${name}.key`), '-out', this.certificate,
      '-days', '2', '-subj', `/CN=${name}`);
  }

  get pem() {
    return readFileSync(this.certificate);
  }

  // Signs a certificate for DNS names and IP addresses, and puts it with its key into the
  // files `<as>.pem` and `<as>.key`, each replaced at once.
  issue(as, names) {
    const files = { certificate: this.#path(`${as}.pem`), key: this.#path(`${as}.key`) };
    const alternatives = names.map((name) => `${/^[\d.]+$/.test(name) ? 'IP' : 'DNS'}:${name}`).join(',');
    this.#openssl('req', '-x509', ...NEW_KEY, '-CA', this.certificate, '-CAkey', this.#path(`${this.name}.key`),
      '-keyout', `${files.key}.new`, '-out', `${files.certificate}.new`, '-days', '2', '-subj', `/CN=${as}`,
      '-addext', `subjectAltName=${alternatives}`, '-addext', 'basicConstraints=critical,CA:FALSE');
    for (const file of Object.values(files)) renameSync(`${file}.new`, file);
    return files;
  }

  #path(file) {
    return path.join(this.folder, file);
  }

  #openssl(...args) {
    execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  }
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
