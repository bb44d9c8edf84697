import { type Handover, Handover_State } from '@/gen/jinhuan/meeting/v1/handover_pb';

// How a handover's state looks.
export const stateTag: Record<Handover_State, string> = {
  [Handover_State.UNSPECIFIED]: 'tag-draft',
  [Handover_State.OPEN]: 'tag-applied',
  [Handover_State.SIGNED]: 'tag-confirmed',
  [Handover_State.OVERDUE]: 'tag-over',
};

// Whether the unit is a side of the handover that has not signed.
export const unsignedBy = (handover: Handover, member: string) =>
  (member === handover.outgoingMember && !handover.outgoingSignature) ||
  (member === handover.incomingMember && !handover.incomingSignature);
