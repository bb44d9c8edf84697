import { describe, expect, it } from 'vitest';
import { LedgerKind } from '@/gen/jinhuan/resource/v1/ledger_pb';
import { amount, hours, share } from './quantity';

describe('quantities of reports', () => {
  it('are hours of minutes, and portions as they are', () => {
    expect(hours(90n)).toBe(1.5);
    expect(hours(-100n)).toBe(-1.7);
    expect(amount(LedgerKind.SPACE_HOURS, 270n)).toBe(4.5);
    expect(amount(LedgerKind.MEALS, 7n)).toBe(7);
  });

  it('have a share also where nothing was offered', () => {
    expect(share(1n, 3n)).toBe(33);
    expect(share(0n, 0n)).toBe(0);
  });
});
