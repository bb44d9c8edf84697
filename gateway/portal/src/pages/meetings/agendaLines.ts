// An agenda as a form has it.
import type { AgendaItem } from '@/gen/jinhuan/meeting/v1/meeting_pb';

export interface AgendaLine {
  title: string;
  minutes: string;
  kind: number | string;
  // What stays with an item however it is moved.
  id: string;
  topic: string;
  project: string;
  presenterMember: string;
}

export const emptyLine: AgendaLine = {
  title: '',
  minutes: '',
  kind: 0,
  id: '',
  topic: '',
  project: '',
  presenterMember: '',
};

export const linesOf = (items: readonly AgendaItem[]): AgendaLine[] =>
  items.map((item) => ({
    title: item.title,
    minutes: item.minutes ? String(item.minutes) : '',
    kind: item.kind,
    id: item.id,
    topic: item.topic,
    project: item.project,
    presenterMember: item.presenterMember,
  }));

// Those that say anything: one without a title alone is the server's to refuse.
export const linesSent = (lines: readonly (Partial<AgendaLine> | undefined)[]): AgendaLine[] =>
  lines
    .map((line) => ({ ...emptyLine, ...line }))
    .filter((line) => line.title.trim() || Number(line.minutes) || Number(line.kind));

export const itemsOf = (lines: readonly (Partial<AgendaLine> | undefined)[]) =>
  linesSent(lines).map((line) => ({
    ...line,
    title: line.title.trim(),
    minutes: Number(line.minutes) || 0,
    kind: Number(line.kind),
  }));
