// What a ballot's service signs with, for tests.
import { readKey } from '@/components/ballots/blindRsa';
import { type Bytes, fromNumber, toNumber } from '@/components/ballots/bytes';

export async function newSigner() {
  const pair = await crypto.subtle.generateKey(
    {
      name: 'RSA-PSS',
      hash: 'SHA-384',
      modulusLength: 2048,
      publicExponent: Uint8Array.of(1, 0, 1),
    },
    true,
    ['sign', 'verify'],
  );
  const der = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey));
  const key = readKey(der);
  const secret = await crypto.subtle.exportKey('jwk', pair.privateKey);
  const text = atob((secret.d ?? '').replaceAll('-', '+').replaceAll('_', '/'));
  const d = toNumber(Uint8Array.from(text, (char) => char.charCodeAt(0)));
  const sign = (blinded: Uint8Array): Bytes => {
    let [result, factor] = [1n, toNumber(blinded)];
    for (let rest = d; rest > 0n; rest >>= 1n) {
      if (rest & 1n) result = (result * factor) % key.n;
      factor = (factor * factor) % key.n;
    }
    return fromNumber(result, key.length);
  };
  return { der, key, publicKey: pair.publicKey, sign };
}
