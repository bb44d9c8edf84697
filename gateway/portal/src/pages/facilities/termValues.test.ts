import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { QuotaPeriod, QuotaSubject, WindowSchema } from '@/gen/jinhuan/resource/v1/facility_pb';
import { termDefaults, termValuesOf, toTerms } from './termValues';

describe('the terms of a window', () => {
  it('come back as they were', () => {
    const terms = {
      displayName: 'night',
      capacity: 8,
      audienceTiers: [1],
      audienceSectors: [2, 3],
      audienceMembers: ['alliances/a/members/m'],
      priceFen: 450n,
      // After midnight, of a window that opens at 19:00.
      discounts: [{ fromMinute: 1440, toMinute: 1860, priceFen: 100n }],
      horizonDays: 7,
      cutoffMinutes: 30,
      cancelMinutes: 60,
      quotas: [
        { subject: QuotaSubject.PERSON, period: QuotaPeriod.DAY, limit: 1 },
        { subject: QuotaSubject.UNIT, period: QuotaPeriod.MONTH, limit: 40 },
      ],
      graceMinutes: 15,
      approvalRequired: true,
      approvalMinutes: 120,
    };
    const values = termValuesOf(create(WindowSchema, { ...terms, openMinute: 1140 }));
    expect(values.audience).toBe('some');
    expect(values.discounts).toEqual([{ from: '00:00', to: '07:00', price: '1' }]);
    expect(toTerms(values, 1140)).toEqual(terms);
  });

  it('let everybody in when nobody is named', () => {
    expect(termValuesOf(create(WindowSchema, {})).audience).toBe('all');
    const said = toTerms({ ...termDefaults, audienceTiers: [1] }, 480);
    expect(said.audienceTiers).toEqual([]);
  });

  it('leave out lines that say nothing', () => {
    const said = toTerms(
      { ...termDefaults, discounts: [{ from: '08:00' }], quotas: { x: '3' } },
      0,
    );
    expect(said.discounts).toEqual([]);
    expect(said.quotas).toEqual([]);
  });
});
