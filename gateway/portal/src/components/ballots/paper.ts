// A paper of a secret ballot, as ballot.proto describes it: made here, signed blindly, cast
// without a name, and found again in the box.
import { sha256 } from '@/components/rotation/sha256';
import type { Choice } from '@/gen/jinhuan/meeting/v1/ballot_pb';
import { blind, finish, type PublicKey, verify } from './blindRsa';
import { type Bytes, fromHex, join, random, same, toHex } from './bytes';

// What stays with the voter, and nowhere else. All but the ballot is hexadecimal.
export interface Receipt {
  ballot: string;
  token: string;
  prefix: string;
  keys: string[]; // to the seals for, against and abstain
  seals: string[];
  inverse: string;
  blinded: string;
  signature?: string; // once it is signed
  choice?: Choice; // once it is cast
}

export interface CastPaper {
  token: Uint8Array;
  prefix: Uint8Array;
  signature: Uint8Array;
  seals: Uint8Array[];
  choice: Choice;
  key: Uint8Array;
}

export async function makePaper(ballot: string, key: PublicKey): Promise<Receipt> {
  const keys = [random(32), random(32), random(32)];
  const seals = await Promise.all(keys.map(sha256));
  const token = await sha256(join(...seals));
  const prefix = random(32);
  const { message, inverse } = blind(key, join(prefix, token));
  return {
    ballot,
    token: toHex(token),
    prefix: toHex(prefix),
    keys: keys.map(toHex),
    seals: seals.map(toHex),
    inverse: inverse.toString(16),
    blinded: toHex(message),
  };
}

// The receipt with its signature; nothing when it is not one of the ballot's key.
export function signed(
  receipt: Receipt,
  key: PublicKey,
  blindSignature: Uint8Array,
): Receipt | undefined {
  const message = fromHex(receipt.prefix + receipt.token);
  const signature = finish(key, message, blindSignature, BigInt(`0x${receipt.inverse}`));
  return signature && { ...receipt, signature: toHex(signature) };
}

export function vote(receipt: Receipt, choice: Choice): CastPaper {
  const hex = (text: string | undefined): Bytes => fromHex(text ?? '');
  return {
    token: hex(receipt.token),
    prefix: hex(receipt.prefix),
    signature: hex(receipt.signature),
    seals: receipt.seals.map(hex),
    choice,
    key: hex(receipt.keys[choice - 1]),
  };
}

export async function isValid(paper: CastPaper, key: PublicKey): Promise<boolean> {
  const seal = paper.seals[paper.choice - 1];
  if (paper.seals.length !== 3 || !seal) return false;
  const sealed = await Promise.all([sha256(paper.key.slice()), sha256(join(...paper.seals))]);
  return (
    same(sealed[0], seal) &&
    same(sealed[1], paper.token) &&
    verify(key, join(paper.prefix, paper.token), paper.signature)
  );
}

// The SHA-256 that the closed ballot states of its papers, which come by token.
export function digestOf(papers: CastPaper[]): Promise<Uint8Array> {
  const parts = papers.flatMap((paper) => [paper.token, Uint8Array.of(paper.choice)]);
  return sha256(join(...parts));
}
