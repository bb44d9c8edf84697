#include "alliance-svc/rpc/member_application.h"

#include "alliance-svc/domain/application_receipt.h"
#include "alliance-svc/domain/credential_hash.h"
#include "alliance-svc/domain/member_life.h"
#include "alliance-svc/domain/member_rules.h"
#include "alliance-svc/rpc/street.h"
#include "alliance-svc/storage/member_row.h"
#include "platform/api/resource_name.h"
#include "platform/api/write.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

constexpr size_t kReceiptBytes = 16;
// When to come again; the street needs some time for those that wait.
constexpr char kRetrySeconds[] = "3600";

// The applicant as it is filed: what the applicant can't know is set here.
absl::StatusOr<v1::Member> NewMember(const api::Call& call, const v1::ApplyMemberRequest& request,
                                     IdSource& ids) {
  JH_RETURN_IF_ERROR(api::RequireName("alliances/*", request.parent(), "parent").status());
  v1::Member member = request.member();
  member.set_name(request.parent() + "/members/" + ids.NewId());
  member.clear_application_receipt();
  if (!IsStreet(call)) member.set_tier(v1::TIER_ORDINARY);
  BeginLife(v1::Member::STATE_APPLIED,
            {.reason = "", .actor = call.caller.display_name(), .time = call.now}, member);
  NormaliseMember(member);
  Violations violations;
  CheckMember(member, v1::Member(), violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return member;
}

// Whether another self-filed application may wait; lets none pass by.
absl::Status CheckOpen(db::Connection& connection, const Stores& stores,
                       const std::string& alliance, int most) {
  JH_RETURN_IF_ERROR(stores.alliances.TakeTurn(connection, alliance));
  JH_ASSIGN_OR_RETURN(const int64_t open,
                      stores.members.CountOpenApplications(connection, alliance));
  if (open < most) return absl::OkStatus();
  return Error(error::v1::COMMON_REASON_RATE_LIMITED, {{"retry_seconds", kRetrySeconds}});
}

}  // namespace

absl::StatusOr<v1::Member> FileApplication(db::Pool& pool, const Stores& stores, IdSource& ids,
                                           int open, const api::Call& call,
                                           const v1::ApplyMemberRequest& request) {
  JH_ASSIGN_OR_RETURN(const v1::Member member, NewMember(call, request, ids));
  const std::string receipt = RandomToken(kReceiptBytes);
  const Filing filing{.self = !IsStreet(call), .receipt_hash = CredentialHash(receipt)};
  v1::ApplyMemberRequest remembered = request;
  remembered.set_request_id(HiddenRequestId(request.request_id()));
  const auto file = [&](db::Connection& connection) -> absl::StatusOr<v1::Member> {
    JH_RETURN_IF_ERROR(filing.self ? CheckOpen(connection, stores, request.parent(), open)
                                   : stores.alliances.Require(connection, request.parent()));
    // What a program fills in gets an answer like any other, and is not filed.
    v1::Member filed = ShownAsNew(member);
    if (request.website().empty()) {
      JH_ASSIGN_OR_RETURN(filed, stores.members.Insert(connection, call, member, filing));
    }
    filed.set_application_receipt(VeilReceipt(receipt, request.request_id()));
    return filed;
  };
  absl::StatusOr<v1::Member> answer = api::Write<v1::Member>(pool, call, remembered, file);
  if (ReasonOf(answer.status()) == "REQUEST_ID_REUSED") {
    return Error(error::v1::COMMON_REASON_REQUEST_ID_REUSED,
                 {{"request_id", request.request_id()}});
  }
  JH_RETURN_IF_ERROR(answer.status());
  answer->set_application_receipt(VeilReceipt(answer->application_receipt(), request.request_id()));
  return answer;
}

absl::StatusOr<v1::Application> FindApplication(db::Pool& pool, const Stores& stores,
                                                const api::Call& call, const std::string& receipt) {
  JH_ASSIGN_OR_RETURN(const v1::Member member,
                      db::Read<v1::Member>(pool, call.deadline, [&](db::Connection& connection) {
                        return stores.members.FindByReceipt(connection, CredentialHash(receipt));
                      }));
  v1::Application application;
  application.set_display_name(member.display_name());
  application.set_state(member.state());
  application.set_state_reason(member.state_reason());
  *application.mutable_create_time() = member.create_time();
  return application;
}

}  // namespace jinhuan::alliance
