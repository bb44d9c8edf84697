import type { Member } from '@/gen/jinhuan/alliance/v1/alliance_pb';

// What the form holds; selects and number inputs give text.
export interface Fields {
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
  latitude: string;
  longitude: string;
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

// Where the form says what the server says of a field that it has not.
export const aliases: Record<string, string> = { location: 'latitude' };

// To the decimetre; what lies behind is noise.
const degrees = (value: number | undefined) =>
  value === undefined ? '' : String(Number(value.toFixed(6)));

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
    latitude: degrees(member.location?.latitude),
    longitude: degrees(member.location?.longitude),
  };
}

export function toMember(fields: Fields) {
  const text = (value: string | undefined) => (value ?? '').trim();
  const placed = text(fields.latitude) !== '' && text(fields.longitude) !== '';
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
    location: placed
      ? { latitude: Number(fields.latitude), longitude: Number(fields.longitude) }
      : undefined,
  };
}

// What is wrong with a latitude or longitude by itself; '' for nothing. Both stand
// together, or neither.
export function wrongDegrees(text: string, other: string, most: number): 'alone' | 'range' | '' {
  if (text.trim() === '') return other.trim() === '' ? '' : 'alone';
  const degrees = Number(text);
  return Number.isFinite(degrees) && Math.abs(degrees) <= most ? '' : 'range';
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
