// What the states of a pass mean to a page.
import { type Pass, Pass_State } from '@/gen/jinhuan/resource/v1/pass_pb';

const tags: Partial<Record<Pass_State, string>> = {
  [Pass_State.ACTIVE]: 'confirmed',
  [Pass_State.PENDING]: 'pending',
};

export const stateName = (pass: Pass): string => Pass_State[pass.state] ?? 'ACTIVE';

export const tagOf = (pass: Pass): string => `tag tag-${tags[pass.state] ?? 'over'}`;

// Not over: it can be cancelled.
export const isLivePass = (pass: Pass): boolean => pass.state in tags;
