// An auditor exports the journal and checks it without the server; a witness cosigns.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Suite } from '../lib/suite.mjs';
import { book, openPlace, slotsOf } from '../lib/world.mjs';

const root = new URL('../..', import.meta.url).pathname;
const program = path.join(process.env.JINHUAN_BUILD ?? path.join(root, 'build/release'), 'bin/jinhuan-verify');

let suite;
let audit;
let folder;
before(async () => {
  suite = await Suite.start('proofs');
  audit = await suite.as('AUDIT_ADMIN');
  folder = mkdtempSync(path.join(tmpdir(), 'jinhuan-proofs.'));
});
after(() => {
  if (folder) rmSync(folder, { recursive: true });
  return suite?.end();
});

const journal = (method, request = {}) => audit.call(`resource.v1.JournalService/${method}`, request);

function save(name, content) {
  const file = path.join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

// The whole journal as files, each with an answer of the server as it came.
async function exported(name, more = {}) {
  const checkpoint = await journal('GetCheckpoint', { treeSize: more.treeSize });
  const size = Number(checkpoint.treeSize);
  const files = [];
  for (let next = 1; next <= size; ) {
    const request = { firstNumber: next, treeSize: size, pageSize: 40, ...more };
    const bundle = await journal('ExportBundle', request);
    files.push(save(`${name}-${next}.json`, bundle));
    next = Number(bundle.entries.at(-1).number) + 1;
  }
  return { checkpoint, size, files };
}

const verify = (...args) => {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  return { status, stdout, stderr };
};

async function someBookings(count) {
  const [street, staff] = await Promise.all([suite.as('street'), suite.as('staff1')]);
  const { facility } = await openPlace(suite, street, { capacity: 1000 });
  const slot = (await slotsOf(suite, staff, facility)).at(-1);
  for (let i = 0; i < count; ++i) await book(suite, staff, slot);
}

let held;
let key;
test('an export of everything verifies, and so does what comes after it', async () => {
  held = await exported('first');
  key = save('log.key', held.checkpoint.verifierKey);
  const first = verify('--log-key', key, ...held.files);
  assert.equal(first.status, 0, first.stdout + first.stderr);
  assert.match(first.stdout, /The journal verifies\./);
  await someBookings(3);
  const later = await exported('later', { fromSize: held.size });
  assert.ok(later.size > held.size);
  const note = save('held.note', held.checkpoint.note);
  const second = verify('--log-key', key, '--held', note, '--lang', 'zh', ...later.files);
  assert.equal(second.status, 0, second.stdout + second.stderr);
  assert.match(second.stdout, /日志通过验证。/);
});

test('bundles between which the journal grew are told as such, and no entry is accused', async () => {
  const { files } = await exported('before');
  await someBookings(1);
  const { files: grown } = await exported('after');
  const told = verify('--log-key', key, files[0], ...grown.slice(1));
  assert.equal(told.status, 1);
  assert.match(told.stdout, /is of tree size \d+, those before it of \d+: export it again with treeSize/);
  assert.doesNotMatch(told.stdout, /FAILED {2}inclusion|does NOT verify/);
  assert.match(verify('--log-key', key, '--part', files[1]).stdout, /This part verifies\.\n$/);
});

test('what is changed, left out or foreign is told', async () => {
  const { files, size } = await exported('good');
  assert.equal(verify('--log-key', key, ...files).status, 0);
  const one = Math.floor(size / 2);
  suite.sql(`CREATE TABLE resource.kept AS SELECT * FROM resource.journal_entry WHERE number = ${one}`);
  suite.sql(`UPDATE resource.journal_entry SET record = REPLACE(record, 'users/', 'user5/') WHERE number = ${one}`);
  const changed = await exported('changed');
  suite.sql(`REPLACE INTO resource.journal_entry SELECT * FROM resource.kept; DROP TABLE resource.kept`);
  const told = verify('--log-key', key, ...changed.files);
  assert.equal(told.status, 1);
  assert.match(told.stdout, new RegExp(`FAILED {2}inclusion[^]*entry ${one} is not what was sealed`));
  assert.equal(verify('--log-key', key, ...files.slice(1)).status, 1);
  assert.equal(verify('--log-key', key, '--part', ...files.slice(1)).status, 0);
  const meeting = await audit.call('meeting.v1.JournalService/GetCheckpoint');
  assert.equal(verify('--log-key', save('meeting.key', meeting.verifierKey), ...files).status, 1);
  assert.equal(verify('--log-key', key, save('nonsense.json', '{"no": "bundle"}')).status, 1);
  assert.equal(verify('--log-key', key, path.join(folder, 'none')).status, 2);
  assert.equal(verify('--log-key', files[0], ...files).status, 2);
  assert.equal(verify(...files).status, 2);
});

// A witness as c2sp.org/tlog-cosignature describes it.
function makeWitness(name) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x, 'base64url');
  const typed = Buffer.concat([Buffer.from([4]), raw]);
  const id = createHash('sha256').update(`${name}\n`).update(typed).digest().subarray(0, 4);
  return {
    key: `${name}+${id.toString('hex')}+${typed.toString('base64')}`,
    cosign(note) {
      const text = note.slice(0, note.lastIndexOf('\n\n') + 1);
      const seconds = Math.floor(Date.now() / 1000);
      const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`), privateKey);
      const time = Buffer.alloc(8);
      time.writeBigUInt64BE(BigInt(seconds));
      return `— ${name} ${Buffer.concat([id, time, signature]).toString('base64')}`;
    },
  };
}

test('a witness cosigns, and only a configured one', async () => {
  const witness = makeWitness('witness.example/street');
  const stranger = makeWitness('witness.example/stranger');
  writeFileSync(path.join(suite.data, 'witnesses'), `# 见证方\n${witness.key}\n`);
  suite.kill('resource-svc'); // it comes back, and reads the file
  const deadline = Date.now() + 30e3;
  let checkpoint;
  while (!checkpoint && Date.now() < deadline) {
    checkpoint = await journal('GetCheckpoint').catch(() => pause(100));
  }
  const { treeSize, note } = checkpoint;
  const refused = { reason: 'COSIGNATURE_INVALID' };
  await assert.rejects(journal('AddCosignature', { treeSize, line: stranger.cosign(note) }), refused);
  const line = witness.cosign(note);
  const cosigned = await journal('AddCosignature', { treeSize, line });
  assert.ok(cosigned.note.endsWith(`\n${line}\n`));
  await someBookings(1);
  assert.equal((await journal('GetCheckpoint', { cosigned: true })).note, cosigned.note);

  const { files } = await exported('cosigned', { treeSize: Number(treeSize) });
  const keys = save('witness.keys', witness.key);
  const good = verify('--log-key', key, '--witness-keys', keys, ...files);
  assert.equal(good.status, 0, good.stdout);
  const strangers = save('stranger.keys', `${witness.key}\n${stranger.key}\n`);
  assert.equal(verify('--log-key', key, '--witness-keys', strangers, ...files).status, 1);
  assert.equal(verify('--log-key', key, '--witness-keys', strangers, '--witnesses', '1', ...files).status, 0);
  for (const count of ['', '1x', '-1', '99999999999999999999']) {
    assert.equal(verify('--log-key', key, '--witness-keys', strangers, '--witnesses', count, ...files).status, 2, count);
  }
  const twice = save('twice.keys', `${witness.key}\n${witness.key}\n`);
  assert.equal(verify('--log-key', key, '--witness-keys', twice, ...files).status, 2);
});
