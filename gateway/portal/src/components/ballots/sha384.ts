// SHA-384, for pages on a plain LAN address too, where browsers offer no WebCrypto.
const MASK = (1n << 64n) - 1n;

const primes: bigint[] = [];
for (let n = 2n; primes.length < 80; n++) {
  if (primes.every((prime) => n % prime !== 0n)) primes.push(n);
}

// The whole part of the k-th root, by Newton's method.
function root(value: bigint, k: bigint): bigint {
  let guess = 1n << (BigInt(value.toString(2).length) / k + 1n);
  for (;;) {
    const next = ((k - 1n) * guess + value / guess ** (k - 1n)) / k;
    if (next >= guess) return guess;
    guess = next;
  }
}

// FIPS 180-4: 64 fraction bits of the cube roots of the first 80 primes, and of the square
// roots of the ninth to sixteenth.
const K = primes.map((prime) => root(prime << 192n, 3n) & MASK);
const START = primes.slice(8, 16).map((prime) => root(prime << 128n, 2n) & MASK);

const turn = (x: bigint, by: bigint) => ((x >> by) | (x << (64n - by))) & MASK;

export function sha384(data: Uint8Array): Uint8Array {
  const blocks = Math.ceil((data.length + 17) / 128);
  const padded = new Uint8Array(blocks * 128);
  padded.set(data);
  padded[data.length] = 0x80;
  new DataView(padded.buffer).setBigUint64(padded.length - 8, BigInt(data.length) * 8n);
  const state = [...START];
  for (let block = 0; block < blocks; block++)
    compress(state, new DataView(padded.buffer, block * 128));
  const digest = new DataView(new ArrayBuffer(64));
  state.forEach((word, i) => {
    digest.setBigUint64(i * 8, word);
  });
  return new Uint8Array(digest.buffer).slice(0, 48);
}

function compress(state: bigint[], block: DataView): void {
  const w: bigint[] = [];
  const at = (i: number) => w[i] ?? 0n;
  for (let t = 0; t < 80; t++) {
    if (t < 16) {
      w.push(block.getBigUint64(t * 8));
      continue;
    }
    const s0 = turn(at(t - 15), 1n) ^ turn(at(t - 15), 8n) ^ (at(t - 15) >> 7n);
    const s1 = turn(at(t - 2), 19n) ^ turn(at(t - 2), 61n) ^ (at(t - 2) >> 6n);
    w.push((at(t - 16) + s0 + at(t - 7) + s1) & MASK);
  }
  let [a, b, c, d, e, f, g, h] = state as [
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  for (let t = 0; t < 80; t++) {
    const s1 = turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n);
    const choice = (e & f) ^ (~e & MASK & g);
    const one = h + s1 + choice + (K[t] ?? 0n) + at(t);
    const s0 = turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n);
    const two = s0 + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) & MASK, c, b, a, (one + two) & MASK];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    state[i] = ((state[i] ?? 0n) + word) & MASK;
  });
}
