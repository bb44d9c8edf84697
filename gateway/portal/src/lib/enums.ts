// The values of the API's enums that people choose from, in order, and their
// names in addresses.
import {
  Member_State,
  PartyOrganization,
  Sector,
  Tier,
} from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { MemberOrder } from '@/gen/jinhuan/alliance/v1/member_service_pb';
import { Meeting_State } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { FacilityKind } from '@/gen/jinhuan/resource/v1/facility_pb';

export const sectors = [
  Sector.COMPANY,
  Sector.FINANCE,
  Sector.SOCIAL,
  Sector.PUBLIC,
  Sector.EDUCATION_HEALTH,
] as const;

export const tiers = [Tier.STANDING, Tier.COUNCIL, Tier.ORDINARY] as const;

export const organizations = [
  PartyOrganization.BRANCH,
  PartyOrganization.GENERAL_BRANCH,
  PartyOrganization.COMMITTEE,
  PartyOrganization.JOINT_BRANCH,
] as const;

export const kinds = [
  FacilityKind.PARKING,
  FacilityKind.CANTEEN,
  FacilityKind.VENUE,
  FacilityKind.SERVICE,
] as const;

export const sectorIn: Record<string, Sector> = {
  company: Sector.COMPANY,
  finance: Sector.FINANCE,
  social: Sector.SOCIAL,
  public: Sector.PUBLIC,
  education: Sector.EDUCATION_HEALTH,
};

export const memberStateIn: Record<string, Member_State> = {
  active: Member_State.ACTIVE,
  applied: Member_State.APPLIED,
  suspended: Member_State.SUSPENDED,
  withdrawn: Member_State.WITHDRAWN,
  rejected: Member_State.REJECTED,
};

export const tierIn: Record<string, Tier> = {
  standing: Tier.STANDING,
  council: Tier.COUNCIL,
  ordinary: Tier.ORDINARY,
};

export const memberOrderIn: Record<string, MemberOrder> = {
  party: MemberOrder.PARTY_MEMBERS,
  newest: MemberOrder.NEWEST,
};

export const meetingStateIn: Record<string, Meeting_State> = {
  convened: Meeting_State.CONVENED,
  draft: Meeting_State.DRAFT,
  open: Meeting_State.OPEN,
  closed: Meeting_State.CLOSED,
  cancelled: Meeting_State.CANCELLED,
};

export const kindIn: Record<string, FacilityKind> = {
  parking: FacilityKind.PARKING,
  canteen: FacilityKind.CANTEEN,
  venue: FacilityKind.VENUE,
  service: FacilityKind.SERVICE,
};
