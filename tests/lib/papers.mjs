// Files as other programs read them: a PDF by poppler, office files by LibreOffice without a window.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzip } from './xlsx.mjs';

const POINTS_PER_MM = 72 / 25.4;
const DPI = 144;

// Runs `body` in a folder of its own with the file in it.
function withFile(content, name, body) {
  const folder = mkdtempSync(join(tmpdir(), 'paper-'));
  try {
    const file = join(folder, name);
    writeFileSync(file, content);
    return body(file, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const run = (program, args) => execFileSync(program, args, { encoding: 'utf8', timeout: 120e3, stdio: 'pipe' });

export class Pdf {
  constructor(content) {
    this.content = content;
  }

  // Pages, and their size in millimetres.
  info() {
    const text = this.#with((file) => run('pdfinfo', [file]));
    const [, width, height] = /Page size:\s+([\d.]+) x ([\d.]+) pts/.exec(text);
    return {
      pages: Number(/Pages:\s+(\d+)/.exec(text)[1]),
      width: width / POINTS_PER_MM,
      height: height / POINTS_PER_MM,
      title: /Title:\s+(.*)/.exec(text)?.[1],
    };
  }

  // {name, embedded, subset, unicode} of each font.
  fonts() {
    const lines = this.#with((file) => run('pdffonts', [file])).trimEnd().split('\n').slice(2);
    return lines.map((line) => {
      const [, name, emb, sub, uni] = /^(\S+)\s.*\s(yes|no)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+$/.exec(line);
      return { name, embedded: emb === 'yes', subset: sub === 'yes', unicode: uni === 'yes' };
    });
  }

  // The text of each page, as it is read.
  text() {
    const pages = this.#with((file) => run('pdftotext', ['-layout', file, '-'])).split('\f');
    return pages.slice(0, -1);
  }

  // Of each page the box that has ink, in millimetres from its edges, at 144 dpi; `below` leaves
  // out what is lower than that, such as page numbers. `keep` is where the images stay.
  ink({ below = 297, keep } = {}) {
    return this.#with((file, folder) => {
      run('pdftoppm', ['-gray', '-r', String(DPI), file, join(folder, 'page')]);
      if (keep) run('pdftoppm', ['-png', '-r', '72', file, keep]);
      const pages = readdirSync(folder).filter((name) => name.endsWith('.pgm'));
      return pages.sort().map((name) => inkOf(readFileSync(join(folder, name)), below));
    });
  }

  #with(body) {
    return withFile(this.content, 'paper.pdf', body);
  }
}

function inkOf(pgm, below) {
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pgm.toString('latin1', 0, 40));
  const [width, height] = [Number(head[1]), Number(head[2])];
  const pixels = pgm.subarray(head[0].length);
  const mm = 25.4 / DPI;
  const last = Math.min(height, Math.round(below / mm));
  const box = { left: width, top: height, right: -1, bottom: -1 };
  for (let y = 0; y < last; ++y) {
    for (let x = 0; x < width; ++x) {
      if (pixels[y * width + x] > 160) continue;
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
    }
  }
  return {
    left: box.left * mm,
    top: box.top * mm,
    right: (width - 1 - box.right) * mm,
    bottom: (height - 1 - box.bottom) * mm,
  };
}

// A file as LibreOffice reads it and writes it as another: throws where it can't.
export function byOffice(content, name, format) {
  return withFile(content, name, (file, folder) => {
    const said = run('soffice', [
      `-env:UserInstallation=file://${folder}/profile`,
      '--headless',
      '--norestore',
      '--convert-to',
      format,
      '--outdir',
      join(folder, 'out'),
      file,
    ]);
    const made = readdirSync(join(folder, 'out'));
    if (made.length !== 1) throw new Error(`LibreOffice made nothing of ${name}: ${said}`);
    return readFileSync(join(folder, 'out', made[0]));
  });
}

// Faults in a zip of XML: sums that don't fit, parts that are not well-formed.
export function zipFaults(content) {
  const faults = [];
  for (const [name, part] of Object.entries(unzip(content, (fault) => faults.push(fault)))) {
    if (!/\.(xml|rels)$/.test(name)) continue;
    withFile(part, 'part.xml', (file) => {
      try {
        run('xmllint', ['--noout', '--nonet', file]);
      } catch (error) {
        faults.push(`${name}: ${error.stderr || error}`);
      }
    });
  }
  return faults;
}
