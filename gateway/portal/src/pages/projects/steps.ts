// The milestones of a project as its form holds them.
import type { Project } from '@/gen/jinhuan/meeting/v1/project_pb';
import { apiDate, isoDay } from '@/lib/date';

// What the rules allow.
export const MOST_STEPS = 50;

export interface Step {
  // Tells the rows of the form apart.
  key: string;
  // Empty: new; the server gives it one.
  id: string;
  title: string;
  // As typed; 1 to 100.
  weight: string;
  // Empty: the project's.
  due: string;
  // It stays as it is.
  reached: boolean;
}

export const newStep = (key: string): Step => ({
  key,
  id: '',
  title: '',
  weight: '1',
  due: '',
  reached: false,
});

export const stepsOf = (project: Project): Step[] =>
  project.milestones.map((one) => ({
    key: one.id,
    id: one.id,
    title: one.title,
    weight: String(one.weight || 1),
    due: isoDay(one.dueDate),
    reached: !!one.completeTime,
  }));

// A weight that is no whole number goes out as one the server refuses, at its field.
const weightOf = (text: string) => (/^\d{1,9}$/.test(text.trim()) ? Number(text) : -1);

export const sentSteps = (steps: readonly Step[]) =>
  steps.map(({ id, title, weight, due }) => ({
    id,
    title: title.trim(),
    weight: weightOf(weight),
    dueDate: apiDate(due),
  }));

export const weightsOf = (steps: readonly Step[]) =>
  steps.reduce((sum, one) => sum + Math.max(0, weightOf(one.weight)), 0);
