// RotationService: terms, and who acts in them.
#include "alliance-svc/domain/account_rules.h"
#include "alliance-svc/domain/rotation_acting.h"
#include "alliance-svc/domain/rotation_stand_in.h"
#include "alliance-svc/domain/rotation_view.h"
#include "alliance-svc/rpc/rotation_service.h"
#include "jinhuan/alliance/v1/error_reason.pb.h"
#include "platform/api/page.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/api/write.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

using api::IsTime;

constexpr char kTerm[] = "alliances/*/chairTerms/*";

absl::StatusOr<size_t> FindTerm(const chair::Record& record, const std::string& name) {
  const std::optional<size_t> index = chair::TermNamed(record, name);
  if (!index.has_value()) {
    return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", name}});
  }
  return *index;
}

v1::ActingChair ViewActing(const chair::Record& record, const chair::Acting& acting) {
  const v1::ChairTerm& term = record.terms[acting.term].term();
  v1::ActingChair view;
  view.set_term(term.name());
  view.set_member(acting.member);
  view.set_member_display_name(chair::DisplayName(record, acting.member));
  view.set_stand_in(acting.stand_in);
  view.set_chair(term.member());
  view.set_deputy(chair::DeputyOf(record, acting.term));
  view.set_adviser(chair::AdviserOf(record, acting.term));
  *view.mutable_start_time() = api::ToProto(acting.start);
  *view.mutable_end_time() = api::ToProto(acting.end);
  return view;
}

// The stand-in that the request asks for in a term that is not over.
absl::StatusOr<v1::StandIn> WantedStandIn(const v1::AssignStandInRequest& request,
                                          const internal::v1::StoredTerm& term, absl::Time now) {
  const absl::Time begin = std::max(now, chair::StartOf(term));
  const absl::Time end = chair::EndOf(term);
  const absl::Time start = request.has_start_time() ? api::FromProto(request.start_time()) : begin;
  const absl::Time until = request.has_end_time() ? api::FromProto(request.end_time()) : end;
  v1::StandIn wanted;
  wanted.set_member(request.member());
  // Kept to the microsecond, as all times are.
  *wanted.mutable_start_time() = api::ToProto(absl::FromUnixMicros(absl::ToUnixMicros(start)));
  *wanted.mutable_end_time() = api::ToProto(absl::FromUnixMicros(absl::ToUnixMicros(until)));
  wanted.set_reason(request.reason());
  Violations violations;
  violations.Check("start_time", begin >= end || (begin <= start && start < end),
                   "a time in the term that has not passed", "任期内且未过去的时间");
  violations.Check("end_time", begin >= end || (start < until && until <= end),
                   "a time after start_time, until the end of the term",
                   "晚于开始时间、不晚于任期结束的时间");
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return wanted;
}

}  // namespace

grpc::Status RotationService::GetChairTerm(grpc::ServerContext* context,
                                           const v1::GetChairTermRequest* request,
                                           v1::ChairTerm* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::ChairTerm> {
        JH_RETURN_IF_ERROR(api::RequireName(kTerm, request->name()).status());
        JH_ASSIGN_OR_RETURN(const chair::Record record, Read(call, call.alliance));
        JH_ASSIGN_OR_RETURN(const size_t index, FindTerm(record, request->name()));
        return chair::ViewTerm(record, index, call.now);
      });
}

grpc::Status RotationService::ListChairTerms(grpc::ServerContext* context,
                                             const v1::ListChairTermsRequest* request,
                                             v1::ListChairTermsResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::ListChairTermsResponse> {
        Violations violations;
        api::MatchName("alliances/*", request->parent(), "parent", violations);
        if (!request->member().empty()) {
          api::MatchName("alliances/*/members/*", request->member(), "member", violations);
        }
        violations.Check("end_after", IsTime(request->end_after()), "a time", "时间");
        JH_RETURN_IF_ERROR(violations.ToStatus());
        JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(*request, 1));
        JH_ASSIGN_OR_RETURN(const chair::Record record, Read(call, request->parent()));
        JH_ASSIGN_OR_RETURN(std::vector<std::string> names,
                            db::Read<std::vector<std::string>>(
                                pool_, call.deadline, [&](db::Connection& connection) {
                                  return rotations_.terms.List(connection, request->parent(),
                                                               api::FromProto(request->end_after()),
                                                               request->member(), page);
                                }));
        std::vector<v1::ChairTerm> terms;
        for (const std::string& name : names) {
          const auto index = chair::TermNamed(record, name);
          if (index.has_value()) terms.push_back(chair::ViewTerm(record, *index, call.now));
        }
        v1::ListChairTermsResponse answer;
        answer.set_next_page_token(api::FillPage(
            *request, page, terms, *answer.mutable_chair_terms(), [](const v1::ChairTerm& term) {
              return ChairTermStore::PageKey(api::FromProto(term.end_time()));
            }));
        return answer;
      });
}

grpc::Status RotationService::GetActingChair(grpc::ServerContext* context,
                                             const v1::GetActingChairRequest* request,
                                             v1::ActingChair* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::ActingChair> {
        JH_RETURN_IF_ERROR(api::RequireName("alliances/*", request->parent(), "parent").status());
        JH_ASSIGN_OR_RETURN(const chair::Record record, Read(call, request->parent()));
        const absl::Time time = request->has_time() ? api::FromProto(request->time()) : call.now;
        const std::optional<chair::Acting> acting = chair::ActingAt(record, time);
        if (!acting.has_value()) return Error(v1::ERROR_REASON_CHAIR_VACANT);
        return ViewActing(record, *acting);
      });
}

grpc::Status RotationService::AssignStandIn(grpc::ServerContext* context,
                                            const v1::AssignStandInRequest* request,
                                            v1::ChairTerm* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::ChairTerm> {
        Violations violations;
        api::MatchName(kTerm, request->name(), "name", violations);
        CheckReason(request->reason(), violations);
        violations.Check("start_time", IsTime(request->start_time()), "a time", "时间");
        violations.Check("end_time", IsTime(request->end_time()), "a time", "时间");
        JH_RETURN_IF_ERROR(violations.ToStatus());
        return api::Write<v1::ChairTerm>(
            pool_, call, *request,
            [&](db::Connection& connection) -> absl::StatusOr<v1::ChairTerm> {
              JH_ASSIGN_OR_RETURN(ClaimedRotation claimed,
                                  rotations_.Claim(connection, call, call.alliance));
              chair::Record& record = claimed.record;
              JH_ASSIGN_OR_RETURN(const size_t index, FindTerm(record, request->name()));
              if (!request->member().empty() &&
                  chair::FindUnit(record, request->member()) == nullptr) {
                return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND,
                             {{"name", request->member()}});
              }
              JH_ASSIGN_OR_RETURN(v1::StandIn wanted,
                                  WantedStandIn(*request, record.terms[index], claimed.now));
              JH_RETURN_IF_ERROR(chair::AddStandIn(record, index, std::move(wanted)));
              JH_RETURN_IF_ERROR(rotations_.Save(connection, call, claimed, request->reason()));
              return chair::ViewTerm(record, index, claimed.now);
            });
      });
}

}  // namespace jinhuan::alliance
