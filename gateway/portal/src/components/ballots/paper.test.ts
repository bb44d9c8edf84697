import { describe, expect, it } from 'vitest';
import { Choice } from '@/gen/jinhuan/meeting/v1/ballot_pb';
import { newSigner } from '@/test/blindSigner';
import { blind, finish, readKey, verify } from './blindRsa';
import { fromHex, toHex, toNumber } from './bytes';
import { digestOf, isValid, makePaper, signed, vote } from './paper';
import vector from './rfc9474.json';
import { sha384 } from './sha384';

const rfcKey = readKey(fromHex(vector.publicKey));

// x in x * value = 1; written otherwise than the code under test.
function inverseOf(value: bigint, n: bigint): bigint {
  let [t, next] = [0n, 1n];
  let [r, rest] = [n, value];
  while (rest !== 0n) {
    const q = r / rest;
    [t, next] = [next, t - q * next];
    [r, rest] = [rest, r - q * rest];
  }
  return t < 0n ? t + n : t;
}

describe('sha384', () => {
  it('is what the browser computes, whatever the length', async () => {
    for (const length of [0, 1, 55, 111, 112, 113, 127, 128, 129, 300]) {
      const data = new Uint8Array(length).map((_, i) => i * 7);
      const theirs = new Uint8Array(await crypto.subtle.digest('SHA-384', data));
      expect(toHex(sha384(data))).toBe(toHex(theirs));
    }
  });
});

describe('RFC 9474', () => {
  const message = fromHex(vector.preparedMessage);
  const inverse = toNumber(fromHex(vector.inverse));

  it('blinds the message of the vector', () => {
    const made = blind(rfcKey, message, fromHex(vector.salt), inverseOf(inverse, rfcKey.n));
    expect(toHex(made.message)).toBe(vector.blindedMessage);
    expect(made.inverse).toBe(inverse);
  });

  it('takes the blinding off the signature of the vector', () => {
    const signature = finish(rfcKey, message, fromHex(vector.blindSignature), inverse);
    expect(signature && toHex(signature)).toBe(vector.signature);
  });

  it('verifies the signature of the vector and no other', () => {
    const signature = fromHex(vector.signature);
    expect(verify(rfcKey, message, signature)).toBe(true);
    expect(
      verify(
        rfcKey,
        message.map((byte, i) => (i === 0 ? byte ^ 1 : byte)),
        signature,
      ),
    ).toBe(false);
    expect(
      verify(
        rfcKey,
        message,
        signature.map((byte, i) => (i === 9 ? byte ^ 1 : byte)),
      ),
    ).toBe(false);
    expect(verify(rfcKey, message, signature.slice(1))).toBe(false);
    expect(finish(rfcKey, message, fromHex(vector.blindSignature), inverse + 1n)).toBeUndefined();
  });
});

describe('a paper', async () => {
  const { key, sign, publicKey } = await newSigner();
  const draw = async () => {
    const receipt = await makePaper('b', key);
    const done = signed(receipt, key, sign(fromHex(receipt.blinded)));
    if (!done) throw new Error('not signed');
    return done;
  };

  it('is signed unseen, and anyone can check it', async () => {
    const receipt = await draw();
    const message = fromHex(receipt.prefix + receipt.token);
    const checked = await crypto.subtle.verify(
      { name: 'RSA-PSS', saltLength: 48 },
      publicKey,
      fromHex(receipt.signature ?? ''),
      message,
    );
    expect(checked).toBe(true);
    for (const choice of [Choice.FOR, Choice.AGAINST, Choice.ABSTAIN]) {
      expect(await isValid(vote(receipt, choice), key)).toBe(true);
    }
  });

  it('can be voted with by nobody else', async () => {
    const paper = vote(await draw(), Choice.FOR);
    expect(await isValid({ ...paper, choice: Choice.AGAINST }, key)).toBe(false);
    expect(await isValid({ ...paper, choice: Choice.UNSPECIFIED }, key)).toBe(false);
    const other = vote(await draw(), Choice.AGAINST);
    expect(await isValid({ ...other, signature: paper.signature }, key)).toBe(false);
  });

  it('refuses what is no signature on it', async () => {
    const receipt = await makePaper('b', key);
    const another = await makePaper('b', key);
    expect(signed(receipt, key, sign(fromHex(another.blinded)))).toBeUndefined();
  });

  it('counts in the digest with its choice', async () => {
    const receipt = await draw();
    const one = await digestOf([vote(receipt, Choice.FOR)]);
    const bytes = fromHex(`${receipt.token}01`);
    expect(toHex(one)).toBe(toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))));
  });
});
