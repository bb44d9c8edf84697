import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import {
  CharterSchema,
  ItemKind,
  QuotaHolder,
  QuotaSpan,
} from '@/gen/jinhuan/alliance/v1/charter_pb';
import { charter } from '@/test/charter';
import { fieldAt, fieldsOf, itemField, merged, quotaField, toCharter } from './charterFields';
import { changesOf, sectionsOf } from './rules';

describe('the form of a charter', () => {
  it('gives back the rules that it was filled with', () => {
    const again = create(CharterSchema, { ...toCharter(fieldsOf(charter)), version: 3 });
    expect(again).toEqual(charter);
  });

  it('finds the field of a path, by what was sent', () => {
    const fields = fieldsOf(charter);
    expect(fieldAt('charter.rotation.term_months', fields)).toBe('rotation.term_months');
    expect(fieldAt('charter.meeting.item_rules[1].majority', fields)).toBe(
      itemField(ItemKind.CHARTER, 'majority.numerator'),
    );
    expect(fieldAt('charter.booking_quotas[0].limit', fields)).toBe(
      quotaField(QuotaHolder.UNIT, QuotaSpan.WEEK),
    );
    expect(fieldAt('charter.decision', fields)).toBe('decision');
  });

  it('keeps what the reader changed when another version comes first', () => {
    const before = fieldsOf(charter);
    const now = { ...before, 'rotation.term_months': '12', decision: 'mine' };
    const fresh = { ...before, 'rotation.term_months': '4', 'rotation.swap_days': '9' };
    expect(merged(before, now, fresh)).toMatchObject({
      'rotation.term_months': '12',
      'rotation.swap_days': '9',
      decision: 'mine',
    });
  });
});

describe('the difference of two versions', () => {
  const t = ((key: string, values?: object) => `${key} ${JSON.stringify(values ?? {})}`) as never;

  it('is empty for a version and itself', () => {
    expect(changesOf(sectionsOf(charter, t), sectionsOf(charter, t))).toEqual([]);
  });

  it('names what changed, what is new and what is gone', () => {
    const after = create(CharterSchema, {
      ...toCharter({
        ...fieldsOf(charter),
        'rotation.term_months': '12',
        [itemField(ItemKind.CHARTER, 'own')]: false,
        holidays: [
          { year: 2026, festivals: [], worked: ['2026-01-04'] },
          { year: 2027, festivals: [], worked: [] },
        ],
      }),
    });
    const found = changesOf(sectionsOf(charter, t), sectionsOf(after, t));
    expect(found.map(({ key, changes }) => [key, changes.map((change) => change.key)])).toEqual([
      ['rotation', ['termMonths']],
      ['meeting', [`item${ItemKind.CHARTER}`]],
      ['holidays', ['2027', '2027 worked', '2026 new 0']],
    ]);
    expect(found[2]?.changes[2]?.after).toBe('');
  });
});
