// Every relative link of every .md file leads to something.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = new URL('../..', import.meta.url).pathname;
const git = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*.md'];
const files = execFileSync('git', git, { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);
let dead = 0;
for (const file of files.filter((name) => existsSync(path.join(root, name)))) {
  const text = readFileSync(path.join(root, file), 'utf8');
  for (const [, target] of text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)) {
    if (/^[a-z]+:/.test(target)) continue;
    if (existsSync(path.join(root, path.dirname(file), target))) continue;
    console.log(`${file}: ${target} is not there`);
    ++dead;
  }
}
process.exit(dead > 0 ? 1 : 0);
