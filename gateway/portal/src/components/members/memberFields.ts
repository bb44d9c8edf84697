import type { Member } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { locationOf, type PlaceValues, placeValuesOf } from '@/lib/place';

// What the form holds; selects and number inputs give text.
export interface Fields extends PlaceValues {
  displayName: string;
  sector: number | string;
  tier?: number | string;
  uscc: string;
  partyOrganization: number | string;
  superiorOrganization: string;
  jointBranch: string;
  partyMemberCount: number | string;
  liaisonTitle: string;
  liaisonPhone: string;
  deputyLiaisonTitle: string;
  deputyLiaisonPhone: string;
  address: string;
  grid: string;
}

export const empty: Fields = {
  displayName: '',
  sector: 0,
  tier: 3,
  uscc: '',
  partyOrganization: 0,
  superiorOrganization: '',
  jointBranch: '',
  partyMemberCount: '',
  liaisonTitle: '',
  liaisonPhone: '',
  deputyLiaisonTitle: '',
  deputyLiaisonPhone: '',
  address: '',
  grid: '',
  latitude: '',
  longitude: '',
};

export function fieldsOf(member: Member): Fields {
  return {
    displayName: member.displayName,
    sector: member.sector,
    tier: member.tier,
    uscc: member.uscc,
    partyOrganization: member.partyOrganization,
    superiorOrganization: member.superiorOrganization,
    jointBranch: member.jointBranch,
    partyMemberCount: member.partyMemberCount,
    liaisonTitle: member.liaisonTitle,
    // Masked; sent back as it is, it changes nothing.
    liaisonPhone: member.liaisonPhone,
    deputyLiaisonTitle: member.deputyLiaisonTitle,
    deputyLiaisonPhone: member.deputyLiaisonPhone,
    address: member.address,
    grid: member.grid,
    ...placeValuesOf(member.location),
  };
}

export function toMember(fields: Fields) {
  const text = (value: string | undefined) => (value ?? '').trim();
  return {
    displayName: text(fields.displayName),
    sector: Number(fields.sector),
    tier: Number(fields.tier ?? 0),
    uscc: text(fields.uscc).toUpperCase(),
    partyOrganization: Number(fields.partyOrganization),
    superiorOrganization: text(fields.superiorOrganization),
    jointBranch: text(fields.jointBranch),
    partyMemberCount: Math.trunc(Number(fields.partyMemberCount)) || 0,
    liaisonTitle: text(fields.liaisonTitle),
    liaisonPhone: text(fields.liaisonPhone),
    deputyLiaisonTitle: text(fields.deputyLiaisonTitle),
    deputyLiaisonPhone: text(fields.deputyLiaisonPhone),
    address: text(fields.address),
    grid: text(fields.grid),
    location: locationOf(fields),
  };
}

function pathOf(key: keyof Fields): string {
  if (key === 'latitude' || key === 'longitude') return 'location';
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

// The paths of the update mask: only what the reader changed, so that two
// people at different fields do not undo each other.
export function changedPaths(before: Fields, after: Fields): string[] {
  const changed = (Object.keys(after) as (keyof Fields)[]).filter(
    (key) => after[key] !== undefined && String(after[key]) !== String(before[key]),
  );
  return [...new Set(changed.map(pathOf))];
}

// The fresh values of the fields that the reader left as they were.
export function untouched(before: Fields, now: Fields, fresh: Fields): Partial<Fields> {
  const keys = (Object.keys(fresh) as (keyof Fields)[]).filter(
    (key) => String(now[key]) === String(before[key]),
  );
  return Object.fromEntries(keys.map((key) => [key, fresh[key]]));
}
