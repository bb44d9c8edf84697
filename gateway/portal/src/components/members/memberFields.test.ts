import { describe, expect, it } from 'vitest';
import { changedPaths, empty, toMember, untouched } from './memberFields';

describe('editing a member', () => {
  const before = { ...empty, displayName: 'one', grid: 'a' };

  it('sends only what the reader changed', () => {
    expect(changedPaths(before, { ...before, liaisonTitle: 'x', partyMemberCount: '7' })).toEqual([
      'party_member_count',
      'liaison_title',
    ]);
  });

  it('takes over what others changed and keeps what the reader did', () => {
    const now = { ...before, displayName: 'mine' };
    const fresh = { ...before, displayName: 'theirs', grid: 'b' };
    expect(untouched(before, now, fresh)).toMatchObject({ grid: 'b' });
    expect(untouched(before, now, fresh)).not.toHaveProperty('displayName');
  });
  it('names a place as one, and clears it when both degrees are gone', () => {
    const placed = { ...before, latitude: '31.23', longitude: '121.47' };
    expect(changedPaths(before, placed)).toEqual(['location']);
    expect(toMember(placed).location).toEqual({ latitude: 31.23, longitude: 121.47 });
    expect(toMember(before).location).toBeUndefined();
  });
});
