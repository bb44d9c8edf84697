// Puts a build in the place of the one before, which a gateway may be serving: whoever
// asks meanwhile gets the one or the other, whole. Chunks are named by their content and
// come first, the page that names them last. Those of the build before stay until the
// next one, for the tabs that are open.
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

// `fresh` and `place` are folders of one file system; `fresh` is used up.
export async function publish(fresh, place) {
  const files = await filesOf(fresh);
  const served = join(place, LIST);
  const listed = await readFile(served, 'utf8').catch(() => null);
  const before = listed ? JSON.parse(listed) : await filesOf(place);
  for (const name of files.sort(lastPage)) {
    await mkdir(dirname(join(place, name)), { recursive: true });
    await rename(join(fresh, name), join(place, name));
  }
  const kept = new Set([...files, ...before.filter((name) => name.startsWith('assets/')), LIST]);
  for (const name of await filesOf(place)) if (!kept.has(name)) await rm(join(place, name));
  await writeFile(served, JSON.stringify(files));
  await rm(fresh, { recursive: true });
}

// What the latest build consists of; the gateway serves nothing that begins with a dot.
const LIST = '.files.json';

// The page after what it needs, itself after its packed forms.
const rank = (name) => (name === 'index.html' ? 2 : name.startsWith('index.html') ? 1 : 0);
const lastPage = (a, b) => rank(a) - rank(b);

async function filesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}
