// First passwords that a person can read out and type: no letter that looks
// like a digit, four classes of characters, sixteen of them at least.
const CLASSES = ['abcdefghijkmnpqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789', '-_.!@#%+=?'];
const LENGTH = 16;

// A whole number from 0 to below `limit` (at most 256), each as likely as the
// others: bytes beyond the last whole multiple are thrown away.
function below(limit: number): number {
  const end = 256 - (256 % limit);
  for (;;) {
    const [byte = 0] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < end) return byte % limit;
  }
}

const pick = (letters: string) => letters.charAt(below(letters.length));

export function generatePassword(minLength = 0): string {
  const length = Math.max(LENGTH, minLength);
  const letters = CLASSES.map(pick);
  while (letters.length < length) letters.push(pick(CLASSES.join('')));
  for (let last = letters.length - 1; last > 0; --last) {
    const other = below(last + 1);
    [letters[last], letters[other]] = [letters[other] ?? '', letters[last] ?? ''];
  }
  return letters.join('');
}
