// What is supposed, as the address carries it: `withdraw.m7`, `join.m9`,
// `join.sector.2`, `away.m3.2027-01-01.2027-06-30` (the last day included).
import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  Supposition_Event as Event,
  type SuppositionSchema,
} from '@/gen/jinhuan/alliance/v1/rotation_service_pb';
import { apiDate } from '@/lib/date';
import { addDays, isDay } from '@/lib/time';

export type Guess =
  | { event: 'withdraw' | 'join'; unit: string }
  | { event: 'imagine'; sector: number }
  | { event: 'away'; unit: string; from: string; to: string };

export function writeGuess(guess: Guess): string {
  if (guess.event === 'imagine') return `join.sector.${guess.sector}`;
  if (guess.event === 'away') return `away.${guess.unit}.${guess.from}.${guess.to}`;
  return `${guess.event}.${guess.unit}`;
}

// Null for what nobody wrote this way.
export function readGuess(text: string): Guess | null {
  const [event, unit = '', from = '', to = ''] = text.split('.');
  if (event === 'join' && unit === 'sector') {
    return /^[1-9]$/.test(from) ? { event: 'imagine', sector: Number(from) } : null;
  }
  if (!unit) return null;
  if (event === 'withdraw' || event === 'join') return { event, unit };
  if (event === 'away' && isDay(from) && isDay(to) && from <= to) return { event, unit, from, to };
  return null;
}

export function toSupposition(
  guess: Guess,
  alliance: string,
): MessageInitShape<typeof SuppositionSchema> {
  if (guess.event === 'imagine') return { event: Event.JOIN, sector: guess.sector };
  const member = `${alliance}/members/${guess.unit}`;
  if (guess.event === 'withdraw') return { event: Event.WITHDRAW, member };
  if (guess.event === 'away') {
    const endDate = apiDate(addDays(guess.to, 1));
    return { event: Event.UNAVAILABLE, member, startDate: apiDate(guess.from), endDate };
  }
  return { event: Event.JOIN, member };
}
