// A small alliance in memory, behind the portal's own transport. For tests
// only: it answers what a test asks for and records what it was told.
import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { Code, type ConnectError, createRouterTransport } from '@connectrpc/connect';
import type { MemberSchema } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { AllianceService } from '@/gen/jinhuan/alliance/v1/alliance_service_pb';
import { AuthService } from '@/gen/jinhuan/alliance/v1/auth_service_pb';
import { CharterService } from '@/gen/jinhuan/alliance/v1/charter_service_pb';
import { MemberService } from '@/gen/jinhuan/alliance/v1/member_service_pb';
import { RotationService } from '@/gen/jinhuan/alliance/v1/rotation_service_pb';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import { EventService } from '@/gen/jinhuan/gateway/v1/event_service_pb';
import { type Handover, HandoverSignatureSchema } from '@/gen/jinhuan/meeting/v1/handover_pb';
import { HandoverService } from '@/gen/jinhuan/meeting/v1/handover_service_pb';
import type { MeetingSchema } from '@/gen/jinhuan/meeting/v1/meeting_pb';
import { MeetingService } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';
import {
  type Project,
  Project_State,
  type SupervisionNotice,
  SupervisionNoticeSchema,
} from '@/gen/jinhuan/meeting/v1/project_pb';
import { ProjectService } from '@/gen/jinhuan/meeting/v1/project_service_pb';
import type { Request } from '@/gen/jinhuan/meeting/v1/request_pb';
import { RequestService, RequestUrgency } from '@/gen/jinhuan/meeting/v1/request_service_pb';
import { TopicService } from '@/gen/jinhuan/meeting/v1/topic_service_pb';
import { type Booking, Booking_State, BookingSchema } from '@/gen/jinhuan/resource/v1/booking_pb';
import {
  BookingService,
  type CreateBookingRequest,
  SlotAvailability_State,
} from '@/gen/jinhuan/resource/v1/booking_service_pb';
import { ExchangeService } from '@/gen/jinhuan/resource/v1/exchange_service_pb';
import { FacilityKind } from '@/gen/jinhuan/resource/v1/facility_pb';
import { stamp } from '@/lib/time';
import { ALLIANCE, refusal } from './answers';
import { type FakeRotation, newFakeRotation, rotationService } from './fakeRotation';

export { ALLIANCE, refusal };
export const MEMBER = `${ALLIANCE}/members/m1`;
export const HOUR = 3_600_000;

export interface Fake {
  signedIn: boolean;
  role: Role;
  bookings: Booking[];
  meetings: MessageInitShape<typeof MeetingSchema>[];
  members: MessageInitShape<typeof MemberSchema>[];
  rotation: FakeRotation;
  projects: Project[];
  notices: SupervisionNotice[];
  requests: Request[];
  handovers: Handover[];
  asked: CreateBookingRequest[];
  // What UpdateMeeting refuses with.
  refusal?: ConnectError;
  // What CreateBooking refuses with, in order; then it books.
  refusals: ConnectError[];
}

export function newFake(): Fake {
  return {
    signedIn: true,
    role: Role.STAFF,
    bookings: [],
    meetings: [],
    members: [],
    rotation: newFakeRotation(),
    projects: [],
    notices: [],
    requests: [],
    handovers: [],
    asked: [],
    refusals: [],
  };
}

// Slots by the hour from the start of the interval's ninth hour.
const states = [
  SlotAvailability_State.BOOKABLE,
  SlotAvailability_State.BOOKABLE,
  SlotAvailability_State.BOOKABLE,
  SlotAvailability_State.FULL,
  SlotAvailability_State.BOOKABLE,
];

export function fakeTransport(fake: Fake) {
  const session = () => ({
    caller: {
      name: 'users/u1',
      displayName: 'tester',
      grants: [
        {
          role: fake.role,
          alliance: ALLIANCE,
          member: fake.role === Role.STREET_ADMIN ? '' : MEMBER,
          memberDisplayName: 'unit one',
        },
      ],
    },
  });
  return createRouterTransport(({ service }) => {
    service(AuthService, {
      getSession() {
        if (!fake.signedIn) throw refusal(Code.Unauthenticated, 'SIGN_IN_REQUIRED', 'zh sign in');
        return session();
      },
      signIn(request) {
        if (request.password !== 'right') {
          throw refusal(Code.Unauthenticated, 'PASSWORD_WRONG', 'zh wrong password');
        }
        fake.signedIn = true;
        return { session: session() };
      },
    });
    service(EventService, {
      // Nothing changes in it.
      async *watch(_, { signal }) {
        yield { resumeToken: '1' };
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      },
    });
    service(AllianceService, {
      getAlliance: () => ({ name: ALLIANCE, displayName: 'alliance', timeZone: 'Asia/Shanghai' }),
      listAlliances: () => ({ alliances: [{ name: ALLIANCE, displayName: 'alliance' }] }),
    });
    service(MemberService, {
      listMembers: (request) => {
        const members = fake.members.filter((one) => !request.state || one.state === request.state);
        return { members, totalSize: members.length };
      },
    });
    service(CharterService, { getCharter: () => ({ version: 1, rotation: { termMonths: 6 } }) });
    service(RotationService, rotationService(fake.rotation));
    service(MeetingService, {
      listMeetings: () => ({ meetings: fake.meetings }),
      getMeeting(request) {
        const meeting = fake.meetings.find((one) => one.name === request.name);
        if (!meeting) throw refusal(Code.NotFound, 'RESOURCE_NOT_FOUND', 'zh not found');
        return meeting;
      },
      updateMeeting() {
        throw fake.refusal ?? refusal(Code.Internal, 'INTERNAL', 'zh internal');
      },
      listMeetingTemplates: () => ({}),
    });
    service(TopicService, { listTopics: () => ({}) });
    service(ProjectService, {
      listProjects: (request) => ({
        projects: fake.projects
          .filter((one) => !request.state || one.state === request.state)
          .filter((one) => !request.overdue || one.overdue)
          .filter((one) => !request.overdueMilestones || one.overdueMilestoneCount > 0)
          .filter((one) => !request.leadMember || one.leadMember === request.leadMember),
      }),
      listSupervisionNotices: () => ({ supervisionNotices: fake.notices }),
      acceptProject(request) {
        const project = fake.projects.find((one) => one.name === request.name);
        if (!project) throw refusal(Code.NotFound, 'RESOURCE_NOT_FOUND', 'zh not found');
        project.state = Project_State.ACCEPTED;
        return project;
      },
      issueSupervisionNotice(request) {
        const project = fake.projects.find((one) => one.name === request.name);
        if (!project) throw refusal(Code.NotFound, 'RESOURCE_NOT_FOUND', 'zh not found');
        project.supervisionCount += 1;
        const notice = create(SupervisionNoticeSchema, {
          name: `${project.name}/supervisionNotices/n${project.supervisionCount}`,
          demand: request.demand,
        });
        fake.notices.push(notice);
        return notice;
      },
    });
    service(RequestService, {
      getRequest(request) {
        const found = fake.requests.find((one) => one.name === request.name);
        if (!found) throw refusal(Code.NotFound, 'RESOURCE_NOT_FOUND', 'zh not found');
        return found;
      },
      listRequests: (request) => ({
        requests: fake.requests.filter(
          (one) =>
            (!request.state || one.state === request.state) &&
            (request.urgency === RequestUrgency.UNSPECIFIED || one.overdue),
        ),
      }),
    });
    service(HandoverService, {
      listHandovers: () => ({ handovers: fake.handovers }),
      signHandover(request) {
        const handover = fake.handovers.find((one) => one.name === request.name);
        if (!handover) throw refusal(Code.NotFound, 'RESOURCE_NOT_FOUND', 'zh not found');
        handover.outgoingSignature = create(HandoverSignatureSchema, { user: 'users/u1' });
        return handover;
      },
    });
    service(ExchangeService, { listMatches: () => ({}) });
    service(BookingService, {
      searchAvailability(request) {
        const midnight = Number(request.startTime?.seconds) * 1000;
        const facilities = [1, 2].map((n) => {
          const facility = {
            name: `${ALLIANCE}/facilities/f${n}`,
            displayName: `place ${n}`,
            kind: FacilityKind.PARKING,
            timeZone: 'Asia/Shanghai',
          };
          const slots = states.map((state, i) => ({
            window: `${facility.name}/windows/w`,
            startTime: stamp(midnight + (9 + i) * HOUR),
            endTime: stamp(midnight + (10 + i) * HOUR),
            free: state === SlotAvailability_State.BOOKABLE ? 7 : 0,
            capacity: 10,
            state,
            priceFen: 500n,
          }));
          return { facility, slots };
        });
        return { facilities };
      },
      listPasses: () => ({}),
      listBookings: (request) => ({
        bookings: fake.bookings.filter((one) => !request.state || one.state === request.state),
      }),
      createBooking(request) {
        fake.asked.push(request);
        const refused = fake.refusals.shift();
        if (refused) throw refused;
        if (!request.booking) throw new Error('no booking');
        const made = create(BookingSchema, {
          ...request.booking,
          name: `${ALLIANCE}/bookings/b${fake.bookings.length + 1}`,
          state: Booking_State.CONFIRMED,
          facilityDisplayName: 'place 1',
        });
        fake.bookings.push(made);
        return made;
      },
      acceptOffer(request) {
        const found = fake.bookings.find((one) => one.name === request.name);
        if (!found) throw refusal(Code.NotFound, 'RESOURCE_NOT_FOUND', 'zh not found');
        found.state = Booking_State.CONFIRMED;
        return found;
      },
      cancelBooking(request) {
        const found = fake.bookings.find((one) => one.name === request.name);
        if (!found) throw refusal(Code.NotFound, 'RESOURCE_NOT_FOUND', 'zh not found');
        found.state = Booking_State.CANCELLED;
        return found;
      },
    });
  });
}
