// docs/systems.md lists the methods that a system may call, as the protos declare them. With
// --write the list is made anew.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = new URL('../..', import.meta.url).pathname;
const protos = path.join(root, 'protos/jinhuan');

// By the names of services, those of one file.
function methodsOf(text) {
  const [, pack] = text.match(/^package ([\w.]+);/m);
  const found = new Map();
  let service;
  for (const block of text.split(/^(?=service )|^ {2}(?=rpc )/m)) {
    service = block.match(/^service (\w+)/)?.[1] ?? service;
    const method = block.match(/^rpc (\w+)/)?.[1];
    if (!method || !/role: ROLE_SYSTEM$/m.test(block)) continue;
    found.set(`${pack}.${service}`, [...(found.get(`${pack}.${service}`) ?? []), method]);
  }
  return [...found];
}

const files = readdirSync(protos, { recursive: true }).filter((name) => name.endsWith('_service.proto'));
const services = files.sort().flatMap((name) => methodsOf(readFileSync(path.join(protos, name), 'utf8')));
const rows = services.map(([service, methods]) => `| \`${service}\` | ${methods.join(', ')} |\n`).join('');

let stale = 0;
for (const page of ['docs/systems.md', 'docs/systems.zh-CN.md']) {
  const file = path.join(root, page);
  const text = readFileSync(file, 'utf8');
  const made = text.replace(/(?<=<!-- methods -->\n.*\n.*\n)[^]*?(?=<!-- end -->)/, rows);
  if (made === text) continue;
  if (process.argv.includes('--write')) {
    writeFileSync(file, made);
  } else {
    console.log(`${page}: other methods than the protos declare; run: node tests/lint/systems.mjs --write`);
    ++stale;
  }
}
process.exit(stale > 0 ? 1 : 0);
