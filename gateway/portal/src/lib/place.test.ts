import { describe, expect, it } from 'vitest';
import { locationOf, placeValuesOf, wrongDegrees } from './place';

describe('the fields of a place', () => {
  it('wants both degrees or neither, within range', () => {
    expect(wrongDegrees('', '', 90)).toBe('');
    expect(wrongDegrees('', '121', 90)).toBe('alone');
    expect(wrongDegrees('91', '121', 90)).toBe('range');
    expect(wrongDegrees('x', '121', 90)).toBe('range');
    expect(wrongDegrees('-31.2', '', 90)).toBe('');
  });

  it('is a place when both are there', () => {
    expect(locationOf({ latitude: ' 31.23', longitude: '121.47' })).toEqual({
      latitude: 31.23,
      longitude: 121.47,
    });
    expect(locationOf({ latitude: '31.23' })).toBeUndefined();
    expect(placeValuesOf({ latitude: 31.23000000001, longitude: 0 })).toEqual({
      latitude: '31.23',
      longitude: '0',
    });
    expect(placeValuesOf(undefined)).toEqual({ latitude: '', longitude: '' });
  });
});
