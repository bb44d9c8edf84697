#include "alliance-svc/rpc/member_service.h"

#include "alliance-svc/domain/account_rules.h"
#include "alliance-svc/domain/member_rules.h"
#include "alliance-svc/storage/names.h"
#include "platform/api/page.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/api/update_mask.h"
#include "platform/api/write.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

constexpr char kPattern[] = "alliances/*/members/*";

// The applicant as it is filed: what the applicant can't know is set here.
absl::StatusOr<v1::Member> NewMember(const api::Call& call, const v1::ApplyMemberRequest& request,
                                     IdSource& ids) {
  JH_RETURN_IF_ERROR(api::RequireName("alliances/*", request.parent(), "parent").status());
  v1::Member member = request.member();
  member.set_name(request.parent() + "/members/" + ids.NewId());
  member.set_state(v1::Member::STATE_APPLIED);
  *member.mutable_create_time() = api::ToProto(call.now);
  member.clear_join_time();
  member.clear_state_reason();
  NormaliseMember(member);
  Violations violations;
  CheckMember(member, "", violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return member;
}

// The stored member with what the request changes.
absl::StatusOr<v1::Member> Updated(const api::Call& call, const v1::UpdateMemberRequest& request,
                                   const v1::Member& before) {
  std::vector<std::string_view> updatable = {
      "display_name", "uscc", "sector",        "party_organization", "party_member_count",
      "address",      "grid", "liaison_title", "liaison_phone"};
  // A unit does not choose its own rank.
  if (call.scope.relation >= auth::v1::RELATION_OWN_ALLIANCE) updatable.push_back("tier");
  v1::Member after = before;
  JH_RETURN_IF_ERROR(api::ApplyMask(request.update_mask(), updatable, request.member(), after));
  NormaliseMember(after);
  Violations violations;
  CheckMember(after, before.liaison_phone(), violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return after;
}

absl::Status CheckFilters(const v1::ListMembersRequest& request) {
  Violations violations;
  api::MatchName("alliances/*", request.parent(), "parent", violations);
  violations.Check("state", v1::Member::State_IsValid(request.state()), "one of the listed values",
                   "所列选项之一");
  violations.Check("sector", v1::Sector_IsValid(request.sector()), "one of the listed values",
                   "所列选项之一");
  violations.CheckText("query", request.query(), 0, 60);
  return violations.ToStatus();
}

std::vector<std::string> SortKey(const v1::Member& member) {
  return {member.display_name(), LastSegment(member.name())};
}

// "ACTIVE" for STATE_ACTIVE.
std::string StateName(v1::Member::State state) {
  return v1::Member::State_Name(state).substr(sizeof "STATE_" - 1);
}

}  // namespace

MemberService::MemberService(const rpc::Runtime& runtime, db::Pool& pool, const Stores& stores)
    : handler_(runtime, v1::MemberService::service_full_name()),
      pool_(pool),
      ids_(runtime.ids),
      stores_(stores) {}

grpc::Status MemberService::ApplyMember(grpc::ServerContext* context,
                                        const v1::ApplyMemberRequest* request,
                                        v1::Member* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::Member> {
        JH_ASSIGN_OR_RETURN(const v1::Member member, NewMember(call, *request, ids_));
        return api::Write<v1::Member>(
            pool_, call, *request, [&](db::Connection& connection) -> absl::StatusOr<v1::Member> {
              JH_RETURN_IF_ERROR(stores_.alliances.Require(connection, request->parent()));
              return stores_.members.Insert(connection, call, member);
            });
      });
}

grpc::Status MemberService::ApproveMember(grpc::ServerContext* context,
                                          const v1::ApproveMemberRequest* request,
                                          v1::Member* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::Member> {
        Violations violations;
        api::MatchName(kPattern, request->name(), "name", violations);
        CheckReason(request->reason(), violations);
        JH_RETURN_IF_ERROR(violations.ToStatus());
        return api::Write<v1::Member>(
            pool_, call, *request, [&](db::Connection& connection) -> absl::StatusOr<v1::Member> {
              JH_ASSIGN_OR_RETURN(const v1::Member before,
                                  stores_.members.Get(connection, request->name()));
              if (before.state() != v1::Member::STATE_APPLIED) {
                return Error(error::v1::COMMON_REASON_STATE_WRONG,
                             {{"name", before.name()},
                              {"state", StateName(before.state())},
                              {"needs", StateName(v1::Member::STATE_APPLIED)}});
              }
              v1::Member after = before;
              after.set_state(v1::Member::STATE_ACTIVE);
              after.set_state_reason(request->reason());
              *after.mutable_join_time() = api::ToProto(call.now);
              return stores_.members.Update(connection, call, before, std::move(after),
                                            request->reason());
            });
      });
}

grpc::Status MemberService::GetMember(grpc::ServerContext* context,
                                      const v1::GetMemberRequest* request, v1::Member* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) -> absl::StatusOr<v1::Member> {
                          JH_RETURN_IF_ERROR(api::RequireName(kPattern, request->name()).status());
                          return db::Read<v1::Member>(
                              pool_, call.deadline, [&](db::Connection& connection) {
                                return stores_.members.Get(connection, request->name());
                              });
                        });
}

grpc::Status MemberService::ListMembers(grpc::ServerContext* context,
                                        const v1::ListMembersRequest* request,
                                        v1::ListMembersResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::ListMembersResponse> {
        JH_RETURN_IF_ERROR(CheckFilters(*request));
        JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(*request, 2));
        return db::Read<v1::ListMembersResponse>(
            pool_, call.deadline,
            [&](db::Connection& connection) -> absl::StatusOr<v1::ListMembersResponse> {
              v1::ListMembersResponse answer;
              JH_ASSIGN_OR_RETURN(auto rows, stores_.members.List(connection, *request, page));
              JH_ASSIGN_OR_RETURN(const int64_t total, stores_.members.Count(connection, *request));
              answer.set_total_size(static_cast<int32_t>(total));
              answer.set_next_page_token(
                  api::FillPage(*request, page, rows, *answer.mutable_members(), SortKey));
              return answer;
            });
      });
}

grpc::Status MemberService::UpdateMember(grpc::ServerContext* context,
                                         const v1::UpdateMemberRequest* request,
                                         v1::Member* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::Member> {
        const std::string& name = request->member().name();
        JH_RETURN_IF_ERROR(api::RequireName(kPattern, name, "member.name").status());
        // A liaison sees the other units of its alliance, so nothing is hidden by
        // saying that it may not change them.
        if (!call.Covers("", name)) {
          return Error(error::v1::COMMON_REASON_ROLE_REQUIRED, {{"method", call.method}});
        }
        return api::Write<v1::Member>(
            pool_, call, *request, [&](db::Connection& connection) -> absl::StatusOr<v1::Member> {
              JH_ASSIGN_OR_RETURN(const v1::Member before, stores_.members.Get(connection, name));
              JH_RETURN_IF_ERROR(api::CheckEtag(request->member().etag(), before.etag(), name));
              JH_ASSIGN_OR_RETURN(v1::Member after, Updated(call, *request, before));
              return stores_.members.Update(connection, call, before, std::move(after), "");
            });
      });
}

}  // namespace jinhuan::alliance
