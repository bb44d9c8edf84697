import { describe, expect, it } from 'vitest';
import { isPlate, normalizePlate } from './plate';

describe('plates after GA 36-2018', () => {
  it.each([
    '沪A12345',
    '沪AB123C',
    '京A8888警',
    '粤Z1234港',
    '沪AD12345',
    '沪A12345D',
    '苏e·123 45',
  ])('takes %s', (plate) => expect(isPlate(plate)).toBe(true));

  it.each([
    '',
    '沪A1234',
    '沪AO1234',
    '沪AI1234',
    '沪I12345',
    'XA12345',
    '沪A123456',
    '沪AD1234O',
    '𠮷A12345',
  ])('refuses %s', (plate) => expect(isPlate(plate)).toBe(false));

  it('counts code points, not UTF-16 units', () => {
    // The first character is one code point of two units.
    expect([...normalizePlate('𠮷a12345')]).toHaveLength(7);
  });
});
