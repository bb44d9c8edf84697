import { describe, expect, it } from 'vitest';
import en from './en';
import zh from './zh-CN';

function keysOf(tree: object, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'object' ? keysOf(value, `${prefix}${key}.`) : [`${prefix}${key}`],
  );
}

function valuesOf(tree: object): string[] {
  return Object.values(tree).flatMap((value) =>
    typeof value === 'object' ? valuesOf(value) : [String(value)],
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
    expect(keysOf(en).sort()).toEqual(keysOf(zh).sort());
  });

  it('have the same placeholders in both languages', () => {
    const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]).sort();
    expect(valuesOf(en).map(holes)).toEqual(valuesOf(zh).map(holes));
  });

  it('are nowhere empty', () => {
    expect([...valuesOf(en), ...valuesOf(zh)].filter((text) => !text.trim())).toEqual([]);
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
