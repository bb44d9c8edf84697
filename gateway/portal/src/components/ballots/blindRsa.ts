// Blind signatures after RFC 9474, RSABSSA-SHA384-PSS-Randomized: the side of who has
// something signed, and of who checks it.
import { type Bytes, fromNumber, join, random, same, toNumber } from './bytes';
import { sha384 } from './sha384';

const HASH = 48;
const SALT = 48;

export interface PublicKey {
  n: bigint;
  e: bigint;
  length: number; // of the modulus, in bytes
}

export interface Blinded {
  message: Bytes; // to be signed
  inverse: bigint; // takes the blinding off again
}

// The key in a SubjectPublicKeyInfo (DER) of RSA.
export function readKey(der: Uint8Array): PublicKey {
  const outer = read(der, 0);
  const algorithm = read(der, outer.start);
  const bits = read(der, algorithm.end);
  const sequence = read(der, bits.start + 1); // past the count of unused bits
  const n = read(der, sequence.start);
  const e = read(der, n.end);
  const modulus = toNumber(der.subarray(n.start, n.end));
  return {
    n: modulus,
    e: toNumber(der.subarray(e.start, e.end)),
    length: Math.ceil(modulus.toString(16).length / 2),
  };
}

// Where the content of the DER element at `at` begins and ends.
function read(der: Uint8Array, at: number): { start: number; end: number } {
  const first = der[at + 1] ?? 0;
  const more = first < 0x80 ? 0 : first & 0x7f;
  const start = at + 2 + more;
  const length = more === 0 ? first : Number(toNumber(der.subarray(at + 2, start)));
  return { start, end: start + length };
}

// Section 4.2. The salt and the blind are chosen at random; tests give them.
export function blind(
  key: PublicKey,
  message: Uint8Array,
  salt = random(SALT),
  r?: bigint,
): Blinded {
  const encoded = toNumber(encode(key, message, salt));
  const blinding = r ?? (toNumber(random(key.length + 16)) % (key.n - 2n)) + 2n;
  return {
    message: fromNumber((encoded * power(blinding, key.e, key.n)) % key.n, key.length),
    inverse: invert(blinding, key.n),
  };
}

// Section 4.4. Nothing when what came back is no signature on the message.
export function finish(
  key: PublicKey,
  message: Uint8Array,
  blindSignature: Uint8Array,
  inverse: bigint,
): Bytes | undefined {
  if (blindSignature.length !== key.length) return undefined;
  const signature = fromNumber((toNumber(blindSignature) * inverse) % key.n, key.length);
  return verify(key, message, signature) ? signature : undefined;
}

// Section 4.5: RSASSA-PSS-VERIFY of RFC 8017 with a salt of 48 bytes.
export function verify(key: PublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  const s = toNumber(signature);
  if (signature.length !== key.length || s >= key.n) return false;
  const block = fromNumber(power(s, key.e, key.n), key.length);
  const masked = block.slice(0, key.length - HASH - 1);
  const hash = block.slice(key.length - HASH - 1, key.length - 1);
  if (block[key.length - 1] !== 0xbc || (masked[0] ?? 0) >= 0x80) return false;
  const salt = unmask(masked, hash).slice(-SALT);
  return same(encode(key, message, salt), block);
}

// EMSA-PSS-ENCODE of RFC 8017, for a modulus whose length is a multiple of 8 bits.
function encode(key: PublicKey, message: Uint8Array, salt: Uint8Array): Bytes {
  const hash = sha384(join(new Uint8Array(8), sha384(message), salt));
  const zeros = new Uint8Array(key.length - SALT - HASH - 2);
  const block = join(zeros, Uint8Array.of(1), salt);
  return join(unmask(block, hash), hash, Uint8Array.of(0xbc));
}

// MGF1 over the seed, laid on the block; the first bit stays clear.
function unmask(block: Uint8Array, seed: Uint8Array): Bytes {
  const masks: Uint8Array[] = [];
  for (let i = 0; i * HASH < block.length; i++) {
    masks.push(sha384(join(seed, Uint8Array.of(0, 0, 0, i))));
  }
  const mask = join(...masks);
  const open = Uint8Array.from(block, (byte, i) => byte ^ (mask[i] ?? 0));
  open[0] = (open[0] ?? 0) & 0x7f;
  return open;
}

function power(base: bigint, exponent: bigint, n: bigint): bigint {
  let result = 1n;
  let factor = base % n;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * factor) % n;
    factor = (factor * factor) % n;
  }
  return result;
}

// Euclid's algorithm; n is no multiple of the number, or someone has found its factors.
function invert(value: bigint, n: bigint): bigint {
  let [a, b] = [value % n, n];
  let [x, y] = [1n, 0n];
  while (a > 1n) {
    const q = b / a;
    [a, b] = [b % a, a];
    [x, y] = [y - q * x, x];
  }
  return ((x % n) + n) % n;
}
