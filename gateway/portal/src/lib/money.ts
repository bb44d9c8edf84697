// Prices travel in fen (0.01 yuan).
export function yuan(fen: number | bigint): string {
  const value = Number(fen) / 100;
  return `¥${Number.isInteger(value) ? value : value.toFixed(2)}`;
}
