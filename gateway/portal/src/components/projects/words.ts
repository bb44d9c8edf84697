import type { Date as Day } from '@/gen/google/type/date_pb';
import { Project_State } from '@/gen/jinhuan/meeting/v1/project_pb';

// How a project's state looks.
export const stateTag: Record<Project_State, string> = {
  [Project_State.UNSPECIFIED]: 'tag-draft',
  [Project_State.RUNNING]: 'tag-applied',
  [Project_State.SUBMITTED]: 'tag-draft',
  [Project_State.ACCEPTED]: 'tag-confirmed',
};

// "2026-11-28"; "" for no day.
export function dayText(day: Day | undefined): string {
  if (!day) return '';
  const two = (n: number) => String(n).padStart(2, '0');
  return `${day.year}-${two(day.month)}-${two(day.day)}`;
}

export function toDay(text: string): { year: number; month: number; day: number } | undefined {
  const [year, month, day] = text.split('-').map(Number);
  return year && month && day ? { year, month, day } : undefined;
}
