import type { TFunction } from 'i18next';
import { LedgerKind } from '@/gen/jinhuan/resource/v1/ledger_pb';

export const ledgerKinds = [
  LedgerKind.SPACE_HOURS,
  LedgerKind.MEALS,
  LedgerKind.VENUE_HOURS,
  LedgerKind.SERVICE_HOURS,
] as const;

export const ledgerKindIn: Record<string, LedgerKind> = {
  space: LedgerKind.SPACE_HOURS,
  meals: LedgerKind.MEALS,
  venue: LedgerKind.VENUE_HOURS,
  service: LedgerKind.SERVICE_HOURS,
};

// Minutes as hours, to the tenth.
export const hours = (minutes: bigint): number => Math.round(Number(minutes) / 6) / 10;

// A quantity of the ledger as a number: hours, or portions.
export const amount = (kind: LedgerKind, quantity: bigint): number =>
  kind === LedgerKind.MEALS ? Number(quantity) : hours(quantity);

// With its unit.
export const quantity = (t: TFunction, kind: LedgerKind, value: bigint): string =>
  t(kind === LedgerKind.MEALS ? 'reports.portions' : 'reports.hours', {
    count: amount(kind, value),
  });

// How much of what was offered was used.
export const share = (used: bigint, offered: bigint): number =>
  offered > 0n ? Math.round((Number(used) * 100) / Number(offered)) : 0;
