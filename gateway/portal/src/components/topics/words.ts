import { Topic_State } from '@/gen/jinhuan/meeting/v1/topic_pb';

// How a topic's state looks.
export const stateTag: Record<Topic_State, string> = {
  [Topic_State.UNSPECIFIED]: 'tag-draft',
  [Topic_State.SUBMITTED]: 'tag-applied',
  [Topic_State.DEFERRED]: 'tag-over',
  [Topic_State.ACCEPTED]: 'tag-confirmed',
  [Topic_State.MERGED]: 'tag-draft',
  [Topic_State.REJECTED]: 'tag-draft',
  [Topic_State.WITHDRAWN]: 'tag-draft',
  [Topic_State.SETTLED]: 'tag-confirmed',
};

// The states that an address names.
export const stateIn: Record<string, Topic_State> = {
  submitted: Topic_State.SUBMITTED,
  deferred: Topic_State.DEFERRED,
  accepted: Topic_State.ACCEPTED,
  merged: Topic_State.MERGED,
  rejected: Topic_State.REJECTED,
  settled: Topic_State.SETTLED,
};

// Whether it is still to be decided, and can be endorsed.
export const isOpen = (state: Topic_State) =>
  state === Topic_State.SUBMITTED || state === Topic_State.DEFERRED;
