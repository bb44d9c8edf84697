import { type Project, Project_State } from '@/gen/jinhuan/meeting/v1/project_pb';
import { isoDay } from '@/lib/date';
import { daysLeft } from '@/lib/time';

// The lanes of the board, what presses most first.
export const lanes = ['late', 'week', 'later', 'waiting'] as const;

export function laneOf(project: Project, today: string): (typeof lanes)[number] {
  if (project.state === Project_State.SUBMITTED) return 'waiting';
  const left = daysLeft(isoDay(project.dueDate), today);
  if (left < 0) return 'late';
  return left <= 7 ? 'week' : 'later';
}
