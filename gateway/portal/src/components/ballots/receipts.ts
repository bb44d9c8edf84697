// Receipts of papers, in this browser and nowhere else.
import { download } from '@/lib/download';
import type { Receipt } from './paper';

const keyOf = (ballot: string, member: string) => `jinhuan.paper ${ballot} ${member}`;

export function readReceipt(ballot: string, member: string): Receipt | undefined {
  try {
    const text = localStorage.getItem(keyOf(ballot, member));
    return text ? (JSON.parse(text) as Receipt) : undefined;
  } catch {
    return undefined;
  }
}

// False where the browser keeps nothing: then no paper may be drawn, it would be lost.
export function keepReceipt(member: string, receipt: Receipt): boolean {
  try {
    localStorage.setItem(keyOf(receipt.ballot, member), JSON.stringify(receipt));
    return true;
  } catch {
    return false;
  }
}

export function dropReceipt(ballot: string, member: string): void {
  localStorage.removeItem(keyOf(ballot, member));
}

export function saveReceipt(receipt: Receipt): void {
  const text = JSON.stringify(receipt, null, 2);
  download(
    `ballot-${receipt.token.slice(0, 8)}.json`,
    'application/json',
    new TextEncoder().encode(text),
  );
}
