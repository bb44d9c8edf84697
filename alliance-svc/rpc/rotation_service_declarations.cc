// RotationService: what units declare about their turns.
#include <algorithm>

#include "alliance-svc/domain/account_rules.h"
#include "alliance-svc/domain/rotation_acting.h"
#include "alliance-svc/domain/rotation_schedule.h"
#include "alliance-svc/domain/rotation_turns.h"
#include "alliance-svc/domain/rotation_view.h"
#include "alliance-svc/facts/date.h"
#include "alliance-svc/rpc/rotation_service.h"
#include "alliance-svc/storage/names.h"
#include "jinhuan/alliance/v1/error_reason.pb.h"
#include "platform/api/page.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/api/write.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

constexpr int kLongestYears = 3;
constexpr int kMostDeclared = 12;

// The unit that the caller speaks for. INVALID_ARGUMENT / FIELD_REQUIRED when the request
// names none and the caller has not just one; PERMISSION_DENIED / ROLE_REQUIRED for
// another's.
absl::StatusOr<std::string> SpeaksFor(const api::Call& call, const std::string& wanted,
                                      std::string_view field) {
  if (!wanted.empty()) {
    JH_RETURN_IF_ERROR(api::RequireName("alliances/*/members/*", wanted, field).status());
  }
  const std::string unit = call.ActingUnit(wanted);
  if (unit.empty() && !wanted.empty()) {
    return Error(error::v1::COMMON_REASON_ROLE_REQUIRED, {{"method", call.method}});
  }
  Violations violations;
  violations.Require(field, !unit.empty());
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return unit;
}

absl::Status RequireUnit(const chair::Record& record, const std::string& member) {
  if (chair::FindUnit(record, member) != nullptr) return absl::OkStatus();
  return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", member}});
}

void CheckDeclared(const v1::Unavailability& declared, Violations& violations) {
  const auto start = ToCivilDay(declared.start_date());
  const auto end = ToCivilDay(declared.end_date());
  if (violations.Require("unavailability.start_date", declared.has_start_date())) {
    violations.Check("unavailability.start_date", start.has_value(), "a date", "日期");
  }
  const bool fits =
      start.has_value() && end.has_value() && *start < *end &&
      *end <= absl::CivilDay(start->year() + kLongestYears, start->month(), start->day());
  if (violations.Require("unavailability.end_date", declared.has_end_date())) {
    violations.Check("unavailability.end_date", fits,
                     "a date after start_date, at most three years later",
                     "晚于开始日期且不超过三年的日期");
  }
  violations.Check("unavailability.strength",
                   v1::Unavailability::Strength_IsValid(declared.strength()),
                   "one of the listed values", "所列选项之一");
  violations.CheckText("unavailability.reason", declared.reason(), 1, 200);
}

// Bounds what a unit declares: everything that is not over is read with each decision.
absl::Status CheckRoom(const chair::Record& record, const std::string& member,
                       absl::CivilDay today) {
  const auto open = std::count_if(record.unavailabilities.begin(), record.unavailabilities.end(),
                                  [&](const v1::Unavailability& declared) {
                                    return declared.member() == member &&
                                           *ToCivilDay(declared.end_date()) > today;
                                  });
  if (open < kMostDeclared) return absl::OkStatus();
  return Error(v1::ERROR_REASON_DECLARATIONS_FULL,
               {{"member", member}, {"limit", std::to_string(kMostDeclared)}});
}

// The declaration as it is stored; its days must not all have passed.
v1::Unavailability Declared(const v1::Unavailability& asked, const std::string& member,
                            const std::string& name, absl::Time now) {
  v1::Unavailability declared = asked;
  declared.set_name(name);
  declared.set_member(member);
  if (declared.strength() == v1::Unavailability::STRENGTH_UNSPECIFIED) {
    declared.set_strength(v1::Unavailability::STRENGTH_CANNOT);
  }
  *declared.mutable_create_time() = api::ToProto(now);
  declared.clear_member_display_name();
  declared.clear_deferral();
  declared.clear_charter_version();
  return declared;
}

}  // namespace

absl::StatusOr<v1::Unavailability> RotationService::Declare(db::Connection& connection,
                                                            const api::Call& call,
                                                            v1::Unavailability declared) {
  JH_ASSIGN_OR_RETURN(ClaimedRotation claimed, rotations_.Claim(connection, call, call.alliance));
  chair::Record& record = claimed.record;
  JH_RETURN_IF_ERROR(RequireUnit(record, declared.member()));
  const absl::CivilDay today = chair::DayOf(claimed.now, record.zone);
  Violations violations;
  violations.Check("unavailability.end_date", *ToCivilDay(declared.end_date()) > today,
                   "a date after today", "晚于今天的日期");
  JH_RETURN_IF_ERROR(violations.ToStatus());
  JH_RETURN_IF_ERROR(CheckRoom(record, declared.member(), today));
  const int cycle = chair::DeferralCycle(record, declared, claimed.now);
  if (cycle > 0) {
    const int limit = record.charter.rotation().max_deferrals();
    JH_ASSIGN_OR_RETURN(const int64_t used, rotations_.unavailabilities.CountDeferrals(
                                                connection, declared.member(), cycle));
    if (used >= limit) {
      return Error(v1::ERROR_REASON_DEFERRALS_USED_UP,
                   {{"member", declared.member()}, {"limit", std::to_string(limit)}});
    }
  }
  declared.set_deferral(cycle > 0);
  declared.set_charter_version(record.charter.version());
  chair::OutdateDrafts(record);
  JH_RETURN_IF_ERROR(rotations_.unavailabilities.Insert(connection, declared, cycle));
  // Who is in the chair now may leave it by this.
  record.unavailabilities.push_back(declared);
  chair::Reseat(record, claimed.now);
  JH_RETURN_IF_ERROR(rotations_.Save(connection, call, claimed, declared.reason()));
  declared = chair::ViewUnavailability(record, std::move(declared));
  JH_RETURN_IF_ERROR(rotations_.journal().Append(
      connection, call,
      {.resource = declared.name(), .after = &declared, .reason = declared.reason()}));
  return declared;
}

grpc::Status RotationService::DeclareUnavailability(grpc::ServerContext* context,
                                                    const v1::DeclareUnavailabilityRequest* request,
                                                    v1::Unavailability* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::Unavailability> {
        Violations violations;
        api::MatchName("alliances/*", request->parent(), "parent", violations);
        CheckDeclared(request->unavailability(), violations);
        JH_RETURN_IF_ERROR(violations.ToStatus());
        JH_ASSIGN_OR_RETURN(
            const std::string member,
            SpeaksFor(call, request->unavailability().member(), "unavailability.member"));
        return api::Write<v1::Unavailability>(
            pool_, call, *request, [&](db::Connection& connection) {
              return Declare(connection, call,
                             Declared(request->unavailability(), member,
                                      UnavailabilityName(AllianceIdOf(call.alliance), ids_.NewId()),
                                      call.now));
            });
      });
}

absl::StatusOr<v1::Unavailability> RotationService::Cancel(db::Connection& connection,
                                                           const api::Call& call,
                                                           const std::string& name) {
  JH_ASSIGN_OR_RETURN(ClaimedRotation claimed, rotations_.Claim(connection, call, call.alliance));
  JH_ASSIGN_OR_RETURN(v1::Unavailability declared,
                      rotations_.unavailabilities.Get(connection, name));
  if (!call.Covers("", declared.member())) {
    return Error(error::v1::COMMON_REASON_ROLE_REQUIRED, {{"method", call.method}});
  }
  // One that a plan has followed has put the turn off for good.
  chair::Record without = claimed.record;
  std::erase_if(without.unavailabilities, [&](const auto& other) { return other.name() == name; });
  const bool puts_off = chair::DeferralCycle(without, declared, claimed.now) > 0;
  JH_RETURN_IF_ERROR(
      rotations_.unavailabilities.Cancel(connection, name, declared.deferral() && !puts_off));
  claimed.record.unavailabilities = without.unavailabilities;
  chair::OutdateDrafts(claimed.record);
  chair::Reseat(claimed.record, claimed.now);
  JH_RETURN_IF_ERROR(rotations_.Save(connection, call, claimed, ""));
  declared = chair::ViewUnavailability(claimed.record, std::move(declared));
  JH_RETURN_IF_ERROR(
      rotations_.journal().Append(connection, call, {.resource = name, .before = &declared}));
  return declared;
}

grpc::Status RotationService::CancelUnavailability(grpc::ServerContext* context,
                                                   const v1::CancelUnavailabilityRequest* request,
                                                   v1::Unavailability* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::Unavailability> {
        JH_RETURN_IF_ERROR(
            api::RequireName("alliances/*/unavailabilities/*", request->name()).status());
        return api::Write<v1::Unavailability>(
            pool_, call, *request,
            [&](db::Connection& connection) { return Cancel(connection, call, request->name()); });
      });
}

grpc::Status RotationService::ListUnavailabilities(grpc::ServerContext* context,
                                                   const v1::ListUnavailabilitiesRequest* request,
                                                   v1::ListUnavailabilitiesResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::ListUnavailabilitiesResponse> {
        Violations violations;
        api::MatchName("alliances/*", request->parent(), "parent", violations);
        if (!request->member().empty()) {
          api::MatchName("alliances/*/members/*", request->member(), "member", violations);
        }
        JH_RETURN_IF_ERROR(violations.ToStatus());
        JH_ASSIGN_OR_RETURN(const api::Page page,
                            api::ReadPage(*request, UnavailabilityStore::kPageColumns));
        JH_ASSIGN_OR_RETURN(const chair::Record record, Read(call, request->parent()));
        const absl::CivilDay today = chair::DayOf(call.now, record.zone);
        JH_ASSIGN_OR_RETURN(std::vector<v1::Unavailability> declared,
                            db::Read<std::vector<v1::Unavailability>>(
                                pool_, call.deadline, [&](db::Connection& connection) {
                                  return rotations_.unavailabilities.List(connection,
                                                                          request->parent(), today,
                                                                          request->member(), page);
                                }));
        for (v1::Unavailability& each : declared) {
          each = chair::ViewUnavailability(record, std::move(each));
        }
        v1::ListUnavailabilitiesResponse answer;
        answer.set_next_page_token(api::FillPage(*request, page, declared,
                                                 *answer.mutable_unavailabilities(),
                                                 UnavailabilityStore::PageKey));
        return answer;
      });
}

absl::StatusOr<v1::Waiver> RotationService::Waive(db::Connection& connection, const api::Call& call,
                                                  const v1::WaiveTurnRequest& request,
                                                  const std::string& member) {
  JH_ASSIGN_OR_RETURN(ClaimedRotation claimed, rotations_.Claim(connection, call, call.alliance));
  chair::Record& record = claimed.record;
  JH_RETURN_IF_ERROR(RequireUnit(record, member));
  JH_RETURN_IF_ERROR(chair::CheckWaiver(record, member, claimed.now));
  v1::Waiver waiver;
  waiver.set_member(member);
  waiver.set_cycle(chair::CycleAt(record, claimed.now));
  waiver.set_reason(request.reason());
  *waiver.mutable_create_time() = api::ToProto(call.now);
  waiver.set_charter_version(record.charter.version());
  chair::OutdateDrafts(record);
  JH_RETURN_IF_ERROR(rotations_.turns.InsertWaiver(connection, waiver));
  JH_RETURN_IF_ERROR(rotations_.Save(connection, call, claimed, ""));
  // A waiver has no name of its own: it stands with the rotation.
  JH_RETURN_IF_ERROR(rotations_.journal().Append(
      connection, call,
      {.resource = record.alliance + "/rotation", .after = &waiver, .reason = request.reason()}));
  return waiver;
}

grpc::Status RotationService::WaiveTurn(grpc::ServerContext* context,
                                        const v1::WaiveTurnRequest* request, v1::Waiver* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::Waiver> {
        Violations violations;
        api::MatchName("alliances/*", request->parent(), "parent", violations);
        CheckReason(request->reason(), violations);
        JH_RETURN_IF_ERROR(violations.ToStatus());
        JH_ASSIGN_OR_RETURN(const std::string member, SpeaksFor(call, request->member(), "member"));
        return api::Write<v1::Waiver>(pool_, call, *request, [&](db::Connection& connection) {
          return Waive(connection, call, *request, member);
        });
      });
}

}  // namespace jinhuan::alliance
