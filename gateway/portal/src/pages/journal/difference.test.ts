import { create } from '@bufbuild/protobuf';
import { anyPack } from '@bufbuild/protobuf/wkt';
import { describe, expect, it } from 'vitest';
import { User_State, UserSchema } from '@/gen/jinhuan/alliance/v1/user_service_pb';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import { EntrySchema } from '@/gen/jinhuan/journal/v1/journal_pb';
import { stamp } from '@/lib/time';
import { differenceOf, titleOf } from './difference';

const before = create(UserSchema, {
  name: 'users/u1',
  login: 'zhang',
  displayName: 'clerk',
  state: User_State.ACTIVE,
  grants: [{ role: Role.STAFF, alliance: 'alliances/a' }],
  createTime: stamp(1_000),
});
const after = create(UserSchema, {
  ...before,
  state: User_State.DISABLED,
  grants: [],
  mustChangePassword: true,
});
const entry = create(EntrySchema, {
  before: anyPack(UserSchema, before),
  after: anyPack(UserSchema, after),
});

describe('the difference of an entry', () => {
  it('says what changed, field by field, before what stayed', () => {
    const { rows, unknown } = differenceOf(entry);
    expect(unknown).toEqual([]);
    const changed = rows.filter((row) => row.changed);
    expect(rows.slice(0, changed.length)).toEqual(changed);
    expect(changed).toEqual([
      {
        path: 'state',
        before: { kind: 'choice', name: 'ACTIVE' },
        after: { kind: 'choice', name: 'DISABLED' },
        changed: true,
      },
      {
        path: 'must_change_password',
        before: undefined,
        after: { kind: 'flag', on: true },
        changed: true,
      },
      {
        path: 'grants[0].role',
        before: { kind: 'choice', name: 'STAFF' },
        after: undefined,
        changed: true,
      },
      {
        path: 'grants[0].alliance',
        before: { kind: 'text', text: 'alliances/a' },
        after: undefined,
        changed: true,
      },
    ]);
    expect(rows.find((row) => row.path === 'create_time')?.after).toEqual({
      kind: 'time',
      ms: 1000,
    });
  });

  it('has only an after for what was created', () => {
    const { rows } = differenceOf(create(EntrySchema, { after: anyPack(UserSchema, after) }));
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.every((row) => row.changed && row.before === undefined)).toBe(true);
  });

  it('names a type that it does not know, instead of failing', () => {
    const strange = create(EntrySchema, {
      after: {
        $typeName: 'google.protobuf.Any',
        typeUrl: 'type.googleapis.com/jinhuan.future.v1.Thing',
        value: new Uint8Array([10, 1, 65]),
      },
    });
    expect(differenceOf(strange)).toEqual({ rows: [], unknown: ['jinhuan.future.v1.Thing'] });
  });

  it('knows what the resource calls itself', () => {
    expect(titleOf(entry)).toBe('clerk');
    expect(titleOf(create(EntrySchema, {}))).toBe('');
  });
});
