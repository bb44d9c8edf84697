import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { Project_State, ProjectSchema } from '@/gen/jinhuan/meeting/v1/project_pb';
import { laneOf } from './lanes';

const TODAY = '2026-11-28';
const due = (year: number, month: number, day: number, state = Project_State.RUNNING) =>
  create(ProjectSchema, { dueDate: { year, month, day }, state });

describe('the lanes of the board', () => {
  it('go by the days that are left', () => {
    expect(laneOf(due(2026, 11, 27), TODAY)).toBe('late');
    expect(laneOf(due(2026, 11, 28), TODAY)).toBe('week');
    expect(laneOf(due(2026, 12, 5), TODAY)).toBe('week');
    expect(laneOf(due(2026, 12, 6), TODAY)).toBe('later');
  });

  it('keep what waits to be accepted apart, however late', () => {
    expect(laneOf(due(2026, 1, 1, Project_State.SUBMITTED), TODAY)).toBe('waiting');
  });
});
