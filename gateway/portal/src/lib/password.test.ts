import { afterEach, describe, expect, it, vi } from 'vitest';
import { generatePassword } from './password';

afterEach(() => vi.restoreAllMocks());

describe('a generated password', () => {
  it('has every class, no look-alikes, and the length that is asked for', () => {
    for (let i = 0; i < 200; ++i) {
      const password = generatePassword(20);
      expect(password).toHaveLength(20);
      for (const one of [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/]) expect(password).toMatch(one);
      expect(password).not.toMatch(/[0O1lI\s]/);
    }
    expect(generatePassword(8)).toHaveLength(16);
  });

  it('is another one each time', () => {
    expect(new Set(Array.from({ length: 50 }, () => generatePassword())).size).toBe(50);
  });

  it('throws away bytes that would make some letters likelier', () => {
    // 250 lies beyond the last whole multiple of 24: taken, it would be 'k'.
    const bytes = [250, 0];
    vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
      (array as Uint8Array)[0] = bytes.shift() ?? 1;
      return array;
    });
    expect(generatePassword()).toContain('a');
    expect(bytes).toEqual([]);
  });
});
