import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import {
  DrawSchema,
  LotteryRequest_State,
  LotteryRequestSchema,
} from '@/gen/jinhuan/resource/v1/lottery_pb';
import { stamp } from '@/lib/time';
import { replay, ticketsOf } from './replay';

const { WON, LOST } = LotteryRequest_State;
const start = 1_764_000_000_000;

// The seed of resource-svc/domain/lottery_test.cc: 00 01 02 … 1f.
const draw = create(DrawSchema, {
  seed: '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
  seedCommitment: '630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd',
  slots: [{ startTime: stamp(start), places: 1 }],
});

// One ticket at a time can't be had, so the order is that of the lowest of ten.
function asked(id: string, place: number, state: LotteryRequest_State) {
  return create(LotteryRequestSchema, {
    name: `alliances/a/facilities/f/windows/w/draws/2026-11-24/lotteryRequests/${id}`,
    startTime: stamp(start),
    endTime: stamp(start + 3_600_000),
    quantity: 1,
    tickets: 10,
    place,
    state,
  });
}

async function orderOf(ids: string[]): Promise<string[]> {
  for (const first of ids) {
    const [second = ''] = ids.filter((one) => one !== first);
    const verdict = await replay(draw, [asked(first, 1, WON), asked(second, 2, LOST)]);
    if (verdict.order) return [first, second];
  }
  return [];
}

describe('the replay of a draw', () => {
  it('finds one that was drawn as it says', async () => {
    const [first = '', second = ''] = await orderOf(['r1', 'r2']);
    expect(first).not.toBe('');
    expect(await replay(draw, [asked(first, 1, WON), asked(second, 2, LOST)])).toEqual({
      commitment: true,
      tickets: true,
      order: true,
      winners: true,
    });
  });

  it('finds what was done to it', async () => {
    const [first = '', second = ''] = await orderOf(['r1', 'r2']);
    const swapped = [asked(first, 2, LOST), asked(second, 1, WON)];
    expect(await replay(draw, swapped)).toMatchObject({ order: false, winners: false });
    const favoured = [asked(first, 1, WON), asked(second, 2, LOST)];
    for (const one of favoured) one.losses = 1;
    expect(await replay(draw, favoured)).toMatchObject({ tickets: false });
    const other = { ...draw, seed: draw.seed.replace('00', 'ff') };
    expect(await replay(other, [])).toMatchObject({ commitment: false });
  });

  it('counts tickets as the server does', () => {
    const of = (fields: object) => ticketsOf(create(LotteryRequestSchema, fields));
    expect(of({})).toBe(10);
    expect(of({ needPoints: 10, losses: 99, balanceMinutes: 1_000_000n })).toBe(54);
    expect(of({ balanceMinutes: -600n })).toBe(9);
    expect(of({ balanceMinutes: -599n })).toBe(10);
    expect(of({ balanceMinutes: -1_000_000n })).toBe(5);
  });
});
