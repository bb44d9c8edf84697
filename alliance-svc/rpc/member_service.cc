#include "alliance-svc/rpc/member_service.h"

#include "alliance-svc/domain/account_rules.h"
#include "alliance-svc/domain/member_rules.h"
#include "alliance-svc/rpc/member_application.h"
#include "alliance-svc/rpc/member_filters.h"
#include "alliance-svc/rpc/member_roster.h"
#include "alliance-svc/rpc/street.h"
#include "platform/api/page.h"
#include "platform/api/resource_name.h"
#include "platform/api/update_mask.h"
#include "platform/api/write.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

constexpr char kPattern[] = "alliances/*/members/*";

// The stored member with what the request changes.
absl::StatusOr<v1::Member> Updated(const api::Call& call, const v1::UpdateMemberRequest& request,
                                   const v1::Member& before) {
  std::vector<std::string_view> updatable = {"display_name",
                                             "uscc",
                                             "sector",
                                             "party_organization",
                                             "superior_organization",
                                             "joint_branch",
                                             "party_member_count",
                                             "address",
                                             "location",
                                             "grid",
                                             "liaison_title",
                                             "liaison_phone",
                                             "deputy_liaison_title",
                                             "deputy_liaison_phone"};
  // A unit does not choose its own rank.
  if (call.scope.relation >= auth::v1::RELATION_OWN_ALLIANCE) updatable.push_back("tier");
  v1::Member after = before;
  JH_RETURN_IF_ERROR(api::ApplyMask(request.update_mask(), updatable, request.member(), after));
  NormaliseMember(after);
  Violations violations;
  CheckMember(after, before, violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return after;
}

// Who may read how a member came to be where it is: the street and the unit itself.
bool MaySeeHistory(const api::Call& call, const std::string& name) {
  return IsStreet(call) || call.GrantFor(name) != nullptr;
}

}  // namespace

MemberService::MemberService(const rpc::Runtime& runtime, db::Pool& pool, const Stores& stores,
                             int open_applications)
    : handler_(runtime, v1::MemberService::service_full_name()),
      pool_(pool),
      ids_(runtime.ids),
      stores_(stores),
      open_applications_(open_applications) {}

grpc::Status MemberService::ApplyMember(grpc::ServerContext* context,
                                        const v1::ApplyMemberRequest* request,
                                        v1::Member* response) {
  return handler_.Unary(*context, __func__, *request, *response, [&](const api::Call& call) {
    return FileApplication(pool_, stores_, ids_, open_applications_, call, *request);
  });
}

grpc::Status MemberService::GetApplication(grpc::ServerContext* context,
                                           const v1::GetApplicationRequest* request,
                                           v1::Application* response) {
  return handler_.Unary(*context, __func__, *request, *response, [&](const api::Call& call) {
    return FindApplication(pool_, stores_, call, request->receipt());
  });
}

template <class Request>
absl::StatusOr<v1::Member> MemberService::Take(const api::Call& call, const Request& request,
                                               MemberStep step) {
  Violations violations;
  api::MatchName(kPattern, request.name(), "name", violations);
  CheckReason(request.reason(), violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  const Cause cause{
      .reason = request.reason(), .actor = call.caller.display_name(), .time = call.now};
  return api::Write<v1::Member>(
      pool_, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::Member> {
        JH_ASSIGN_OR_RETURN(const v1::Member before,
                            stores_.members.Get(connection, request.name()));
        JH_ASSIGN_OR_RETURN(const v1::Member after, TakeStep(before, step, cause));
        return stores_.members.Update(connection, call, before, after, request.reason());
      });
}

grpc::Status MemberService::ApproveMember(grpc::ServerContext* context,
                                          const v1::ApproveMemberRequest* request,
                                          v1::Member* response) {
  return handler_.Unary(*context, __func__, *request, *response, [&](const api::Call& call) {
    return Take(call, *request, MemberStep::kApprove);
  });
}

grpc::Status MemberService::RejectMember(grpc::ServerContext* context,
                                         const v1::RejectMemberRequest* request,
                                         v1::Member* response) {
  return handler_.Unary(*context, __func__, *request, *response, [&](const api::Call& call) {
    return Take(call, *request, MemberStep::kReject);
  });
}

grpc::Status MemberService::SuspendMember(grpc::ServerContext* context,
                                          const v1::SuspendMemberRequest* request,
                                          v1::Member* response) {
  return handler_.Unary(*context, __func__, *request, *response, [&](const api::Call& call) {
    return Take(call, *request, MemberStep::kSuspend);
  });
}

grpc::Status MemberService::ReinstateMember(grpc::ServerContext* context,
                                            const v1::ReinstateMemberRequest* request,
                                            v1::Member* response) {
  return handler_.Unary(*context, __func__, *request, *response, [&](const api::Call& call) {
    return Take(call, *request, MemberStep::kReinstate);
  });
}

grpc::Status MemberService::WithdrawMember(grpc::ServerContext* context,
                                           const v1::WithdrawMemberRequest* request,
                                           v1::Member* response) {
  return handler_.Unary(*context, __func__, *request, *response, [&](const api::Call& call) {
    return Take(call, *request, MemberStep::kWithdraw);
  });
}

grpc::Status MemberService::GetMember(grpc::ServerContext* context,
                                      const v1::GetMemberRequest* request, v1::Member* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::Member> {
        JH_RETURN_IF_ERROR(api::RequireName(kPattern, request->name()).status());
        JH_ASSIGN_OR_RETURN(
            v1::Member member,
            db::Read<v1::Member>(pool_, call.deadline, [&](db::Connection& connection) {
              return stores_.members.Get(connection, request->name());
            }));
        if (!MaySeeHistory(call, member.name())) ClearHistory(member);
        return member;
      });
}

grpc::Status MemberService::ListMembers(grpc::ServerContext* context,
                                        const v1::ListMembersRequest* request,
                                        v1::ListMembersResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::ListMembersResponse> {
        JH_RETURN_IF_ERROR(CheckMemberFilters(*request));
        const v1::MemberOrder order = request->order();
        JH_ASSIGN_OR_RETURN(const api::Page page,
                            api::ReadPage(*request, MemberDirectory::KeyColumns(order)));
        return db::Read<v1::ListMembersResponse>(
            pool_, call.deadline,
            [&](db::Connection& connection) -> absl::StatusOr<v1::ListMembersResponse> {
              v1::ListMembersResponse answer;
              JH_ASSIGN_OR_RETURN(auto rows, stores_.directory.List(connection, *request, page));
              JH_ASSIGN_OR_RETURN(const int64_t total,
                                  stores_.directory.Count(connection, *request));
              answer.set_total_size(static_cast<int32_t>(total));
              answer.set_next_page_token(api::FillPage(
                  *request, page, rows, *answer.mutable_members(),
                  [&](const v1::Member& last) { return MemberDirectory::KeyOf(order, last); }));
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
              JH_ASSIGN_OR_RETURN(const v1::Member after, Updated(call, *request, before));
              return stores_.members.Update(connection, call, before, after, "");
            });
      });
}

grpc::Status MemberService::ImportMembers(grpc::ServerContext* context,
                                          const v1::ImportMembersRequest* request,
                                          v1::ImportMembersResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response, [&](const api::Call& call) {
    return ImportRoster(pool_, stores_, ids_, call, *request);
  });
}

grpc::Status MemberService::ExportMembers(grpc::ServerContext* context,
                                          const v1::ExportMembersRequest* request,
                                          v1::ExportMembersResponse* response) {
  return handler_.Unary(*context, __func__, *request, *response, [&](const api::Call& call) {
    return ExportRoster(pool_, stores_, call, *request);
  });
}

}  // namespace jinhuan::alliance
