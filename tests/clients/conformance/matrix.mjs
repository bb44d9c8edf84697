// Which case which client passed: for the terminal, and as docs/conformance.md.

import { readFileSync, writeFileSync } from 'node:fs';

const DOC = new URL('../../../docs/conformance.md', import.meta.url);
const BEGIN = '<!-- written by tests/clients/conformance.test.mjs -->\n';

export class Matrix {
  #clients;
  #rows = new Map(); // "group" -> "name" -> client -> mark

  // `clients`: the names of the columns, "program: variant".
  constructor(clients) {
    this.#clients = clients;
  }

  set({ group, name }, client, passed) {
    if (!this.#rows.has(group)) this.#rows.set(group, new Map());
    const cases = this.#rows.get(group);
    if (!cases.has(name)) cases.set(name, new Map());
    cases.get(name).set(client, passed ? '✓' : '✗');
  }

  #lines(rowOf, groupOf) {
    return [...this.#rows].flatMap(([group, cases]) => [
      ...groupOf(group),
      ...[...cases].map(([name, marks]) => rowOf(name, this.#clients.map((client) => marks.get(client) ?? '·'))),
    ]);
  }

  toString() {
    const key = this.#clients.map((client, i) => `${String.fromCharCode(97 + i)} ${client}`);
    const head = ' '.repeat(60) + this.#clients.map((_, i) => String.fromCharCode(97 + i)).join('');
    return [...key, head, ...this.#lines((name, marks) => `  ${name.padEnd(58)}${marks.join('')}`, (group) => [group])].join('\n');
  }

  markdown() {
    const groups = (group) => ['', `### ${group}`, '', `| case | ${this.#clients.map((_, i) => i + 1).join(' | ')} |`, `| --- |${' :-: |'.repeat(this.#clients.length)}`];
    const key = this.#clients.map((client, i) => `${i + 1}. ${client}`);
    return `${BEGIN}\n${key.join('\n')}\n${this.#lines((name, marks) => `| ${name} | ${marks.join(' | ')} |`, groups).join('\n')}\n`;
  }
}

// What of docs/conformance.md is written by the test.
export const written = () => readFileSync(DOC, 'utf8').slice(readFileSync(DOC, 'utf8').indexOf(BEGIN));

export function write(text) {
  const old = readFileSync(DOC, 'utf8');
  writeFileSync(DOC, old.slice(0, old.indexOf(BEGIN)) + text);
}
