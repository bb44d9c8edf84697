import { describe, expect, it } from 'vitest';
import { whereOf } from './whereOf';

describe('where a notice leads', () => {
  it.each([
    ['alliances/a/requests/r', '/requests/r'],
    ['alliances/a/passes/p', '/passes/p'],
    ['alliances/a/procedures/p', '/procedures/p'],
    [
      'alliances/a/facilities/f/windows/w/draws/2026-11-28/lotteryRequests/r',
      '/lottery/f/w/2026-11-28',
    ],
    ['alliances/a/projects/p/reports/r', '/projects/p'],
    ['alliances/a/meetings/m/proxies/g', '/meetings/m'],
    ['alliances/a/meetings/m/ballots/b', '/meetings/m/ballots/b'],
    ['alliances/a/unknown/u', '/notices'],
  ])('%s: %s', (name, page) => expect(whereOf(name)).toBe(page));
});
