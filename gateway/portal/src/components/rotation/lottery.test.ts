import { describe, expect, it } from 'vitest';
import { bytesOf, commitmentOf, hexOf, lotteryNumber, lotteryOrder } from './lottery';
import { sha256, sha256Plain } from './sha256';

describe('the lottery', () => {
  const seed = '00ff'.repeat(16);
  // Of the bytes (37 i + length) mod 256, as sha256sum prints it; around the
  // lengths at which the padding takes another block.
  const sums: [number, string][] = [
    [0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    [1, '4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a'],
    [55, '0a029c039b4853c530f7cef160a48c06e06ab8233c46b665d088a825f5a49c93'],
    [56, '74d933e31f80a44b658969a1d4a7d078f785ba9f789e1f7c95f7bc8a70e0e34a'],
    [63, '9c1546d1c4de7e0f37dd1ee89f5fcbf3a976b9d778d1034edbc74914e6f7cfdb'],
    [64, '4fd817dcaa16924ddf8b172da321a4189440c800686d043b25121267078c9d45'],
    [65, '91c1b77da0bc3f612880a13a86a518aa8493cb5c5780b60f6d52d592485f89d4'],
    [119, '13cfd93a8d755041af964735096349e0b900b65c0e380a6e7bac47f8f96b096f'],
    [120, '8c4ae9614e608bace52efc98f5a0ec79571830aaa10222e51644f9217d2081f8'],
    [1000, '181ac32ffb9ad0980e71959a56770ff60d86314a1b0d43e1c1adf269db4cbee8'],
  ];

  it('has a SHA-256 for browsers without WebCrypto', async () => {
    for (const [length, sum] of sums) {
      const data = Uint8Array.from({ length }, (_, i) => (i * 37 + length) % 256);
      expect(hexOf(sha256Plain(data))).toBe(sum);
      expect(hexOf(await sha256(data))).toBe(sum);
    }
  });

  it('commits to the 32 bytes of the seed, not to its hex', async () => {
    expect(bytesOf(seed)).toHaveLength(32);
    const sum = '6bd25f5d5bc8ca90d74d76e96509d85351800e38ce101abf0ffa81c8a7e755a7';
    expect(await commitmentOf(seed)).toBe(sum);
  });

  it('draws by the first 8 bytes of seed, zero, name', async () => {
    expect(await lotteryNumber(seed, 'alliances/a1/members/m1')).toBe('c95688e8c8dae4ae');
  });

  it('puts the smaller number first, whatever the order it is asked in', async () => {
    const names = Array.from({ length: 20 }, (_, i) => `alliances/a1/members/m${i}`);
    const order = await lotteryOrder(seed, names);
    const numbers = order.map((one) => BigInt(`0x${one.number}`));
    expect([...numbers].sort((a, b) => (a < b ? -1 : 1))).toEqual(numbers);
    expect(await lotteryOrder(seed, [...names].reverse())).toEqual(order);
    expect((await lotteryOrder('11'.repeat(32), names))[0]).not.toEqual(order[0]);
  });
});
