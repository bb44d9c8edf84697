import { create } from '@bufbuild/protobuf';
import { expect, it } from 'vitest';
import type { Work } from '@/app/session';
import { ProjectSchema } from '@/gen/jinhuan/meeting/v1/project_pb';
import { judges, rates } from './words';

const as = (office: Partial<Work>): Work => ({
  alliance: 'alliances/a',
  member: '',
  memberDisplayName: '',
  roles: new Set(),
  isStaff: false,
  isLiaison: false,
  isStreet: false,
  isChair: false,
  ...office,
});
const street = as({ isStreet: true });
const chair = as({ isChair: true, isLiaison: true, member: 'm1' });
const other = as({ isLiaison: true, member: 'm2' });
const project = (leadMember: string, proposerMember = '') =>
  create(ProjectSchema, { leadMember, proposerMember });

it('lets nobody accept its own work', () => {
  expect(judges(chair, project('m2'))).toBe(true);
  expect(judges(chair, project('m1'))).toBe(false);
  expect(judges(street, project('m1'))).toBe(true);
  expect(judges(other, project('m1'))).toBe(false);
});

it('lets nobody rate its own work', () => {
  expect(rates(other, project('m1', 'm2'))).toBe(true);
  expect(rates(street, project('m1', 'm2'))).toBe(false);
  expect(rates(other, project('m2', 'm2'))).toBe(false);
  expect(rates(street, project('m2', 'm2'))).toBe(true);
  expect(rates(street, project('m2'))).toBe(true);
});
