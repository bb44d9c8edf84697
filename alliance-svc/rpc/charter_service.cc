#include "alliance-svc/rpc/charter_service.h"

#include "alliance-svc/domain/charter_rules.h"
#include "alliance-svc/domain/zone.h"
#include "alliance-svc/facts/date.h"
#include "alliance-svc/facts/working_days.h"
#include "platform/api/page.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/api/write_or_preview.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

// A version that may be adopted, and when it comes into force.
struct Adoption {
  v1::Charter charter;
  absl::Time effective;
};

// What the request wants, checked by itself.
absl::StatusOr<v1::Charter> Wanted(const v1::AdoptCharterRequest& request) {
  Violations violations;
  api::MatchName("alliances/*", request.parent(), "parent", violations);
  CheckCharter(request.charter(), violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  v1::Charter charter = request.charter();
  charter.clear_adopt_time();
  charter.clear_in_force();
  return charter;
}

// What follows the last version, checked against it.
absl::StatusOr<Adoption> Following(db::Connection& connection, const Stores& stores,
                                   const api::Call& call, const v1::AdoptCharterRequest& request,
                                   v1::Charter wanted) {
  JH_ASSIGN_OR_RETURN(const v1::Alliance alliance,
                      stores.alliances.Get(connection, request.parent()));
  JH_ASSIGN_OR_RETURN(const v1::Charter last,
                      stores.charters.Last(connection, request.parent(), call.now));
  if (last.version() != request.base_version()) {
    return Error(error::v1::COMMON_REASON_ETAG_STALE, {{"name", last.name()}});
  }
  const absl::TimeZone zone = ZoneOf(alliance);
  const absl::CivilDay today = absl::ToCivilDay(call.now, zone);
  Violations violations;
  CheckEffectiveDate(wanted, std::max(today, *ToCivilDay(last.effective_date())), violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  wanted.set_version(last.version() + 1);
  wanted.set_name(request.parent() + "/charters/" + std::to_string(wanted.version()));
  const absl::Time midnight = absl::FromCivil(*ToCivilDay(wanted.effective_date()), zone);
  return Adoption{std::move(wanted), std::max(midnight, call.now)};
}

// The resource at `name`, `-` being the version in force.
absl::StatusOr<v1::Charter> Find(db::Connection& connection, const CharterStore& store,
                                 const std::string& name, absl::Time now) {
  return name.ends_with("/charters/-") ? store.InForce(connection, api::AllianceOf(name), now)
                                       : store.Get(connection, name, now);
}

std::vector<std::string> SortKey(const v1::Charter& charter) {
  return {std::to_string(charter.version())};
}

absl::StatusOr<absl::CivilDay> CheckSum(const v1::AddWorkingDaysRequest& request) {
  Violations violations;
  api::MatchName("alliances/*", request.parent(), "parent", violations);
  const auto date = ToCivilDay(request.date());
  if (violations.Require("date", request.has_date())) {
    violations.Check("date", date.has_value(), "a date in the years 2000 to 2200",
                     "2000 至 2200 年间的日期");
  }
  violations.Check("days", request.days() >= 0 && request.days() <= 1000, "0 to 1000", "0 至 1000");
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return *date;
}

}  // namespace

CharterService::CharterService(const rpc::Runtime& runtime, db::Pool& pool, const Stores& stores)
    : handler_(runtime, v1::CharterService::service_full_name()), pool_(pool), stores_(stores) {}

grpc::Status CharterService::AdoptCharter(grpc::ServerContext* context,
                                          const v1::AdoptCharterRequest* request,
                                          v1::Charter* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::Charter> {
        JH_ASSIGN_OR_RETURN(const v1::Charter wanted, Wanted(*request));
        const auto adopt = [&](db::Connection& connection) -> absl::StatusOr<v1::Charter> {
          JH_ASSIGN_OR_RETURN(Adoption adoption,
                              Following(connection, stores_, call, *request, wanted));
          if (request->validate_only()) return adoption.charter;
          *adoption.charter.mutable_adopt_time() = api::ToProto(call.now);
          JH_ASSIGN_OR_RETURN(
              v1::Charter adopted,
              stores_.charters.Insert(connection, call, adoption.charter, adoption.effective));
          JH_RETURN_IF_ERROR(stores_.rotations.NoteCharter(connection, request->parent(),
                                                           adoption.effective, call.now));
          return adopted;
        };
        return api::WriteOrPreview<v1::Charter>(pool_, call, *request, adopt);
      });
}

grpc::Status CharterService::GetCharter(grpc::ServerContext* context,
                                        const v1::GetCharterRequest* request,
                                        v1::Charter* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::Charter> {
        JH_RETURN_IF_ERROR(api::RequireName("alliances/*/charters/*", request->name()).status());
        return db::Read<v1::Charter>(pool_, call.deadline, [&](db::Connection& connection) {
          return Find(connection, stores_.charters, request->name(), call.now);
        });
      });
}

grpc::Status CharterService::ListCharters(grpc::ServerContext* context,
                                          const v1::ListChartersRequest* request,
                                          v1::ListChartersResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::ListChartersResponse> {
        JH_RETURN_IF_ERROR(api::RequireName("alliances/*", request->parent(), "parent").status());
        JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(*request, 1));
        JH_ASSIGN_OR_RETURN(auto rows, db::Read<std::vector<v1::Charter>>(
                                           pool_, call.deadline, [&](db::Connection& connection) {
                                             return stores_.charters.List(
                                                 connection, request->parent(), page, call.now);
                                           }));
        v1::ListChartersResponse answer;
        answer.set_next_page_token(
            api::FillPage(*request, page, rows, *answer.mutable_charters(), SortKey));
        return answer;
      });
}

grpc::Status CharterService::AddWorkingDays(grpc::ServerContext* context,
                                            const v1::AddWorkingDaysRequest* request,
                                            v1::AddWorkingDaysResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::AddWorkingDaysResponse> {
        JH_ASSIGN_OR_RETURN(const absl::CivilDay from, CheckSum(*request));
        JH_ASSIGN_OR_RETURN(
            const v1::Charter charter,
            db::Read<v1::Charter>(pool_, call.deadline, [&](db::Connection& connection) {
              return stores_.charters.InForce(connection, request->parent(), call.now);
            }));
        const WorkingDays::Sum sum = WorkingDays(charter.holidays()).Add(from, request->days());
        v1::AddWorkingDaysResponse answer;
        *answer.mutable_date() = ToDate(sum.day);
        answer.set_charter_version(charter.version());
        answer.set_beyond_table(sum.beyond_table);
        return answer;
      });
}

}  // namespace jinhuan::alliance
