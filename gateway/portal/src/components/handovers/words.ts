import { Handover_State } from '@/gen/jinhuan/meeting/v1/handover_pb';

// How a handover's state looks.
export const stateTag: Record<Handover_State, string> = {
  [Handover_State.UNSPECIFIED]: 'tag-draft',
  [Handover_State.OPEN]: 'tag-applied',
  [Handover_State.SIGNED]: 'tag-confirmed',
  [Handover_State.OVERDUE]: 'tag-over',
};
