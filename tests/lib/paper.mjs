// A paper of a secret ballot, as ballot.proto describes it, by Node's own cryptography but
// for the blinding (RFC 9474).

import { createHash, createPublicKey, randomBytes } from 'node:crypto';

const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
const sha384 = (...parts) => createHash('sha384').update(Buffer.concat(parts)).digest();
const toNumber = (bytes) => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
const toBytes = (value, length) => Buffer.from(value.toString(16).padStart(length * 2, '0'), 'hex');

function power(base, exponent, n) {
  let result = 1n;
  for (let factor = base, rest = exponent; rest > 0n; rest >>= 1n, factor = (factor * factor) % n) {
    if (rest & 1n) result = (result * factor) % n;
  }
  return result;
}

function inverse(value, n) {
  let [t, next, r, rest] = [0n, 1n, n, value];
  while (rest !== 0n) {
    const q = r / rest;
    [t, next] = [next, t - q * next];
    [r, rest] = [rest, r - q * rest];
  }
  return t < 0n ? t + n : t;
}

// EMSA-PSS-ENCODE (RFC 8017) with SHA-384 and a salt of 48 bytes.
function encode(message, length) {
  const salt = randomBytes(48);
  const hash = sha384(Buffer.alloc(8), sha384(message), salt);
  const block = Buffer.concat([Buffer.alloc(length - 98), Buffer.of(1), salt]);
  let mask = Buffer.alloc(0);
  for (let i = 0; mask.length < block.length; i++) {
    mask = Buffer.concat([mask, sha384(hash, Buffer.of(0, 0, 0, i))]);
  }
  for (let i = 0; i < block.length; i++) block[i] ^= mask[i];
  block[0] &= 0x7f;
  return Buffer.concat([block, hash, Buffer.of(0xbc)]);
}

const CHOICES = ['CHOICE_FOR', 'CHOICE_AGAINST', 'CHOICE_ABSTAIN'];

export class PaperMaker {
  constructor(publicKey) {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    const modulus = Buffer.from(key.export({ format: 'jwk' }).n, 'base64url');
    this.n = toNumber(modulus);
    this.length = modulus.length;
    this.keys = CHOICES.map(() => randomBytes(32));
    this.seals = this.keys.map((one) => sha256(one));
    this.token = sha256(...this.seals);
    this.prefix = randomBytes(32);
    this.random = toNumber(randomBytes(this.length)) % this.n;
    const message = toNumber(encode(Buffer.concat([this.prefix, this.token]), this.length));
    const blinded = (message * power(this.random, 65537n, this.n)) % this.n;
    this.blinded = toBytes(blinded, this.length).toString('base64');
  }

  finish(blindSignature) {
    const signature = (toNumber(Buffer.from(blindSignature, 'base64')) * inverse(this.random, this.n)) % this.n;
    this.signature = toBytes(signature, this.length);
  }

  vote(choice) {
    const text = (bytes) => bytes.toString('base64');
    return {
      token: text(this.token),
      prefix: text(this.prefix),
      signature: text(this.signature),
      seals: this.seals.map(text),
      choice,
      key: text(this.keys[CHOICES.indexOf(choice)]),
    };
  }
}
