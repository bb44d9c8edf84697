// The members of an alliance in memory, for tests: answers by the contract as far
// as the tests look, and records what it was asked.
import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { type ConnectError, createRouterTransport } from '@connectrpc/connect';
import {
  type Member,
  Member_State,
  MemberSchema,
  Sector,
} from '@/gen/jinhuan/alliance/v1/alliance_pb';
import {
  type ApplyMemberRequest,
  type ImportMembersRequest,
  type ImportMembersResponseSchema,
  type ListMembersRequest,
  MemberService,
} from '@/gen/jinhuan/alliance/v1/member_service_pb';
import { type RevealPhoneRequest, UserService } from '@/gen/jinhuan/alliance/v1/user_service_pb';
import { Role } from '@/gen/jinhuan/auth/v1/access_pb';
import { ALLIANCE, type Fake, fakeTransport, newFake } from './fake';
import { overlay } from './overlay';

export interface FakeMembers {
  fake: Fake;
  members: Member[];
  listed: ListMembersRequest[];
  applied: ApplyMemberRequest[];
  revealed: RevealPhoneRequest[];
  imports: ImportMembersRequest[];
  acts: { act: string; name: string; reason: string }[];
  // What the next call of any of these refuses with.
  refusals: ConnectError[];
  // What an import finds.
  found: MessageInitShape<typeof ImportMembersResponseSchema>;
}

export const unit = (id: string, more: MessageInitShape<typeof MemberSchema> = {}) =>
  create(MemberSchema, {
    name: `${ALLIANCE}/members/${id}`,
    displayName: `unit ${id}`,
    sector: Sector.COMPANY,
    state: Member_State.ACTIVE,
    ...more,
  });

export function newFakeMembers(role = Role.STREET_ADMIN): FakeMembers {
  return {
    fake: { ...newFake(), role },
    members: [],
    listed: [],
    applied: [],
    revealed: [],
    imports: [],
    acts: [],
    refusals: [],
    found: {},
  };
}

export function membersTransport(fake: FakeMembers) {
  const refuse = () => {
    const refused = fake.refusals.shift();
    if (refused) throw refused;
  };
  const act =
    (name: string, to: Member_State) =>
    (request: { name: string; reason: string }): Member => {
      refuse();
      fake.acts.push({ act: name, name: request.name, reason: request.reason });
      const found = fake.members.find((one) => one.name === request.name);
      if (!found) throw new Error(`no ${request.name}`);
      found.state = to;
      return found;
    };
  const over = createRouterTransport(({ service }) => {
    service(MemberService, {
      listMembers(request) {
        fake.listed.push(request);
        const members = fake.members.filter((one) => !request.state || one.state === request.state);
        return { members, totalSize: members.length };
      },
      getMember(request) {
        const found = fake.members.find((one) => one.name === request.name);
        if (!found) throw new Error(`no ${request.name}`);
        return found;
      },
      applyMember(request) {
        fake.applied.push(request);
        refuse();
        if (!request.member) throw new Error('no member');
        return { ...request.member, applicationReceipt: 'receipt-1' };
      },
      getApplication(request) {
        refuse();
        const said = request.receipt === 'receipt-1' ? 'zh come back later' : '';
        return { displayName: 'unit a', state: Member_State.REJECTED, stateReason: said };
      },
      approveMember: act('approve', Member_State.ACTIVE),
      rejectMember: act('reject', Member_State.REJECTED),
      suspendMember: act('suspend', Member_State.SUSPENDED),
      reinstateMember: act('reinstate', Member_State.ACTIVE),
      withdrawMember: act('withdraw', Member_State.WITHDRAWN),
      importMembers(request) {
        refuse();
        fake.imports.push(request);
        return { ...fake.found, imported: !request.validateOnly && !fake.found.wrongCount };
      },
    });
    service(UserService, {
      revealPhone(request) {
        fake.revealed.push(request);
        refuse();
        return { phone: '13800001234' };
      },
    });
  });
  return overlay(fakeTransport(fake.fake), over, MemberService, UserService);
}
