import { dayText } from '@/components/projects/words';
import { type Project, Project_State } from '@/gen/jinhuan/meeting/v1/project_pb';
import { DAY } from '@/lib/time';

// The lanes of the board, what presses most first.
export const lanes = ['late', 'week', 'later', 'waiting'] as const;

// How many days from `today` until a project is due; negative: so long it is overdue.
export function daysLeft(project: Project, today: string): number {
  return Math.round((Date.parse(dayText(project.dueDate)) - Date.parse(today)) / DAY);
}

export function laneOf(project: Project, today: string): (typeof lanes)[number] {
  if (project.state === Project_State.SUBMITTED) return 'waiting';
  const left = daysLeft(project, today);
  if (left < 0) return 'late';
  return left <= 7 ? 'week' : 'later';
}
