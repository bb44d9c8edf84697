import type { TFunction } from 'i18next';
import type { Work } from '@/app/session';
import {
  type Project,
  Project_State,
  type SupervisionNotice,
} from '@/gen/jinhuan/meeting/v1/project_pb';

// How a project's state looks.
export const stateTag: Record<Project_State, string> = {
  [Project_State.UNSPECIFIED]: 'tag-draft',
  [Project_State.RUNNING]: 'tag-applied',
  [Project_State.SUBMITTED]: 'tag-draft',
  [Project_State.ACCEPTED]: 'tag-confirmed',
  [Project_State.STOPPED]: 'tag-draft',
};

// How far it is, where anybody knows.
export const progressText = (t: TFunction, { progressPercent }: Project) =>
  progressPercent === undefined
    ? t('projects.noProgress')
    : t('projects.progress', { n: progressPercent });

// Whether it still goes on: it runs, or waits to be accepted.
export const goesOn = ({ state }: Project) =>
  state === Project_State.RUNNING || state === Project_State.SUBMITTED;

// `alliances/a/projects/p` of one of its notices.
export const projectOf = (notice: SupervisionNotice) =>
  notice.name.split('/').slice(0, 4).join('/');

// Whether the reader accepts what is reported as done: the street anybody's, the chair others'.
export function judges(work: Work, project: Project): boolean {
  return work.isStreet || (work.isChair && work.member !== project.leadMember);
}

// Whether the reader rates it: the unit that proposed it, or the street where that unit would rate
// itself or none proposed.
export function rates(work: Work, project: Project): boolean {
  const ownWork = project.proposerMember === project.leadMember;
  if (!project.proposerMember || ownWork) return work.isStreet;
  return work.isLiaison && work.member === project.proposerMember;
}
