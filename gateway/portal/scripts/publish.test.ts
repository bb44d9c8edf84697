import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { publish } from './publish.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jinhuan-publish.'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const place = () => join(folder, 'dist');

async function build(files: Record<string, string>) {
  const fresh = join(folder, 'fresh');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(fresh, name)), { recursive: true });
    writeFileSync(join(fresh, name), text);
  }
  await publish(fresh, place());
}

const served = () =>
  readdirSync(place(), { recursive: true })
    .map(String)
    .filter((name) => !name.startsWith('.') && name !== 'assets')
    .sort();

test('a tab of the build before still finds its chunks, one of two builds before does not', async () => {
  await build({ 'index.html': '1', 'index.html.br': '1', 'assets/a-1.js': 'a1', 'ring.svg': 'r' });
  expect(served()).toEqual(['assets/a-1.js', 'index.html', 'index.html.br', 'ring.svg']);

  await build({ 'index.html': '2', 'assets/a-2.js': 'a2', 'assets/b.js': 'b' });
  expect(served()).toEqual(['assets/a-1.js', 'assets/a-2.js', 'assets/b.js', 'index.html']);
  expect(readFileSync(join(place(), 'index.html'), 'utf8')).toBe('2');

  await build({ 'index.html': '3', 'assets/a-3.js': 'a3', 'assets/b.js': 'b' });
  expect(served()).toEqual(['assets/a-2.js', 'assets/a-3.js', 'assets/b.js', 'index.html']);
  expect(readdirSync(folder)).toEqual(['dist']);
});

test('what an unlisted build has left is gone, and the same build again changes nothing', async () => {
  mkdirSync(join(place(), 'assets'), { recursive: true });
  writeFileSync(join(place(), 'assets/old.js'), 'old');
  await build({ 'index.html': '1', 'assets/a.js': 'a' });
  await build({ 'index.html': '1', 'assets/a.js': 'a' });
  expect(served()).toEqual(['assets/a.js', 'index.html']);
});
