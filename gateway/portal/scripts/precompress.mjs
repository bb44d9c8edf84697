// Writes a .br and a .gz beside every compressible file of a build, so that the
// gateway never compresses a static file itself.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const compressible = new Set(['.js', '.css', '.html', '.svg', '.json', '.txt', '.webmanifest']);
// Below this a header costs more than the compression saves.
const smallest = 1024;

const brotli = promisify(brotliCompress);
const gz = promisify(gzip);

// Returns how many files it was.
export async function precompress(folder) {
  let files = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !compressible.has(extname(entry.name))) continue;
    const path = join(entry.parentPath, entry.name);
    const body = await readFile(path);
    if (body.length < smallest) continue;
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
    };
    await writeFile(`${path}.br`, await brotli(body, { params }));
    await writeFile(`${path}.gz`, await gz(body, { level: 9 }));
    files += 1;
  }
  return files;
}
