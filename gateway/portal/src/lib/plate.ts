// Number plates after GA 36-2018. The server decides; this spares people a
// round trip. Characters are counted as code points, never as bytes.

// The short names of the provinces.
const PROVINCES =
  '\u4eac\u6d25\u5180\u664b\u8499\u8fbd\u5409\u9ed1\u6caa\u82cf\u6d59\u7696\u95fd\u8d63\u9c81\u8c6b' +
  '\u9102\u6e58\u7ca4\u6842\u743c\u6e1d\u5ddd\u8d35\u4e91\u85cf\u9655\u7518\u9752\u5b81\u65b0';
// Last characters of police, trailer, training, Hong Kong and Macao plates.
const SPECIAL = '\u8b66\u6302\u5b66\u6e2f\u6fb3';
// I and O are not used: they look like 1 and 0.
const LETTERS = 'A-HJ-NP-Z';

const ordinary = new RegExp(
  `^[${PROVINCES}][${LETTERS}][${LETTERS}\\d]{4}[${LETTERS}\\d${SPECIAL}]$`,
  'u',
);
// New energy: a small car has its letter third, a large one last.
const newEnergySmall = new RegExp(
  `^[${PROVINCES}][${LETTERS}][${LETTERS}][${LETTERS}\\d]\\d{4}$`,
  'u',
);
const newEnergyLarge = new RegExp(`^[${PROVINCES}][${LETTERS}]\\d{5}[${LETTERS}]$`, 'u');

// Upper case, without the dots and blanks that people put in.
export function normalizePlate(text: string): string {
  return text.replace(/[\s.\u00b7\u2022\u30fb-]/gu, '').toUpperCase();
}

export function isPlate(text: string): boolean {
  const plate = normalizePlate(text);
  const length = [...plate].length;
  if (length === 7) return ordinary.test(plate);
  if (length === 8) return newEnergySmall.test(plate) || newEnergyLarge.test(plate);
  return false;
}

const KEY = 'jinhuan.plate';

export function rememberedPlate(): string {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

export function rememberPlate(plate: string): void {
  try {
    localStorage.setItem(KEY, normalizePlate(plate));
  } catch {
    // Storage is off: the sheet asks again next time.
  }
}
