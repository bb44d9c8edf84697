import { describe, expect, it } from 'vitest';
import { Supposition_Event as Event } from '@/gen/jinhuan/alliance/v1/rotation_service_pb';
import { type Guess, readGuess, toSupposition, writeGuess } from './supposition';

describe('a supposition in the address', () => {
  const guesses: Guess[] = [
    { event: 'withdraw', unit: 'm7' },
    { event: 'join', unit: 'm9' },
    { event: 'imagine', sector: 2 },
    { event: 'away', unit: 'm3', from: '2027-01-01', to: '2027-06-30' },
  ];

  it('comes back as it was written', () => {
    for (const guess of guesses) expect(readGuess(writeGuess(guess))).toEqual(guess);
  });

  it('is dropped when nobody wrote it this way', () => {
    const wrong = ['', 'withdraw', 'explode.m1', 'join.sector.x', 'away.m3.2027-02-30.2027-03-01'];
    for (const text of [...wrong, 'away.m3.2027-06-30.2027-01-01'])
      expect(readGuess(text)).toBeNull();
  });

  it('asks until the day after the last', () => {
    const [withdraw, , imagine, away] = guesses.map((guess) => toSupposition(guess, 'alliances/a'));
    expect(withdraw).toEqual({ event: Event.WITHDRAW, member: 'alliances/a/members/m7' });
    expect(imagine).toEqual({ event: Event.JOIN, sector: 2 });
    expect(away?.endDate).toEqual({ year: 2027, month: 7, day: 1 });
  });
});
