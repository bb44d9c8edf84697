import { describe, expect, it } from 'vitest';
import { i18n, switchLanguage } from '.';
import en from './en';
import zh from './zh-CN';

function keysOf(tree: object, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'object' ? keysOf(value, `${prefix}${key}.`) : [`${prefix}${key}`],
  );
}

function textsOf(tree: object, prefix = ''): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'object'
      ? textsOf(value, `${prefix}${key}.`)
      : [[`${prefix}${key}`, String(value)]],
  );
}

// English has two forms of what is counted, Chinese one: `key_one` and `key_other` beside `key`.
const form = /_(one|other)$/;
const plain = (key: string) => key.replace(form, '');
const plurals = new Set(keysOf(en).filter((key) => form.test(key)));

// Whether a number stands before a noun in the plural: "{{n}} working days". Some placeholders
// hold words, and some words end like plurals.
const words = /^(address|date|day|holder|login|name|place|plate|title|unit|version)$/;
function countsThings(text: string): boolean {
  return [...text.matchAll(/\{\{(\w+)\}\}((?: [a-z]+){1,3})/g)].some(
    ([, hole = '', after = '']) =>
      !words.test(hole) && /\b(?!is\b|was\b|has\b|as\b)[a-z]+s\b/.test(after),
  );
}

const sources = import.meta.glob<string>('../**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const files = Object.entries(sources)
  .filter(([file]) => !file.includes('/gen/') && !file.includes('.test.'))
  .map(([file, text]) => ({ file, text }));

describe('the words', () => {
  it('are the same keys in both languages', () => {
    expect([...new Set(keysOf(en).map(plain))].sort()).toEqual(keysOf(zh).sort());
  });

  it('have the same placeholders in both languages', () => {
    const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]).sort();
    const of = (tree: object) =>
      textsOf(tree)
        .filter(([key]) => !key.endsWith('_one'))
        .map(([key, text]) => [plain(key), holes(text)]);
    expect(of(en)).toEqual(of(zh));
  });

  it('have a singular wherever English counts', () => {
    const texts = textsOf(en);
    const alone = texts.filter(([key, text]) => !form.test(key) && countsThings(text));
    expect(alone).toEqual([]);
    const of = new Map(texts);
    for (const key of plurals) {
      const one = of.get(`${plain(key)}_one`);
      const other = of.get(`${plain(key)}_other`);
      expect([one, other], key).not.toContain(undefined);
      expect(one).not.toEqual(other);
    }
  });

  it('are chosen by the count, each of two by its own', async () => {
    await switchLanguage('en');
    expect(i18n.t('projects.board.days', { count: 1 })).toBe('1 day left');
    expect(i18n.t('projects.board.days', { count: 2 })).toBe('2 days left');
    expect(i18n.t('ballots.unitsAndVotes', { n: 1, votes: 3 })).toBe('1 unit, 3 votes');
    await switchLanguage('zh-CN');
    expect(i18n.t('projects.board.days', { count: 1 })).toBe('还剩 1 天');
    expect(i18n.t('ballots.unitsAndVotes', { n: 1, votes: 3 })).toContain('3 票');
  });

  it('are asked for with the count that chooses their form', () => {
    const counted = new Set([...plurals].map(plain));
    const calls = files.flatMap(({ file, text }) =>
      [...text.matchAll(/\bt\(\s*'([\w.]+)'(?=([^;]{0,300}))/g)].map(([, key = '', rest = '']) => ({
        file,
        key,
        count: /^,\s*\{[^)]*\bcount\b/.test(rest),
      })),
    );
    expect(calls.filter(({ key }) => counted.has(key)).length).toBeGreaterThan(30);
    expect(calls.filter(({ key, count }) => counted.has(key) && !count)).toEqual([]);
  });

  it('are nowhere empty', () => {
    expect([...textsOf(en), ...textsOf(zh)].filter(([, text]) => !text.trim())).toEqual([]);
  });

  it('stand in no component', () => {
    const chinese = files.filter(
      ({ file, text }) => file.endsWith('.tsx') && /\p{Script=Han}/u.test(text),
    );
    expect(chinese.map(({ file }) => file)).toEqual([]);
  });

  it('have every key that a component names', () => {
    const known = new Set(keysOf(zh));
    const named = files.flatMap(({ file, text }) =>
      [...text.matchAll(/\bt\(\s*'([\w.]+)'/g)].map((m) => ({ file, key: m[1] ?? '' })),
    );
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter(({ key }) => !known.has(key))).toEqual([]);
  });
});
