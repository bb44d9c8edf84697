import type { Member } from '@/gen/jinhuan/alliance/v1/alliance_pb';

// What the form holds; selects and number inputs give text.
export interface Fields {
  displayName: string;
  sector: number | string;
  tier?: number | string;
  partyOrganization: number | string;
  partyMemberCount: number | string;
  uscc: string;
  liaisonTitle: string;
  liaisonPhone: string;
  address: string;
  grid: string;
}

export const empty: Fields = {
  displayName: '',
  sector: 0,
  tier: 3,
  partyOrganization: 0,
  partyMemberCount: '',
  uscc: '',
  liaisonTitle: '',
  liaisonPhone: '',
  address: '',
  grid: '',
};

export function fieldsOf(member: Member): Fields {
  return {
    displayName: member.displayName,
    sector: member.sector,
    tier: member.tier,
    partyOrganization: member.partyOrganization,
    partyMemberCount: member.partyMemberCount,
    uscc: member.uscc,
    liaisonTitle: member.liaisonTitle,
    // Masked; sent back as it is, it changes nothing.
    liaisonPhone: member.liaisonPhone,
    address: member.address,
    grid: member.grid,
  };
}

export function toMember(fields: Fields) {
  const text = (value: string | undefined) => (value ?? '').trim();
  return {
    displayName: text(fields.displayName),
    sector: Number(fields.sector),
    tier: Number(fields.tier ?? 0),
    partyOrganization: Number(fields.partyOrganization),
    partyMemberCount: Math.trunc(Number(fields.partyMemberCount)) || 0,
    uscc: text(fields.uscc).toUpperCase(),
    liaisonTitle: text(fields.liaisonTitle),
    liaisonPhone: text(fields.liaisonPhone),
    address: text(fields.address),
    grid: text(fields.grid),
  };
}

// The paths of the update mask: only what the reader changed, so that two
// people at different fields do not undo each other.
export function changedPaths(before: Fields, after: Fields): string[] {
  return (Object.keys(after) as (keyof Fields)[])
    .filter((key) => after[key] !== undefined && String(after[key]) !== String(before[key]))
    .map((key) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
}

// The fresh values of the fields that the reader left as they were.
export function untouched(before: Fields, now: Fields, fresh: Fields): Partial<Fields> {
  const keys = (Object.keys(fresh) as (keyof Fields)[]).filter(
    (key) => String(now[key]) === String(before[key]),
  );
  return Object.fromEntries(keys.map((key) => [key, fresh[key]]));
}
