#include "resource-svc/rpc/utilization_report.h"

#include <algorithm>
#include <set>

#include "absl/time/civil_time.h"
#include "platform/api/resource_name.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/facility_rules.h"
#include "resource-svc/storage/member_store.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

constexpr int kMaxDays = 92;

absl::Status CheckRequest(const v1::GetUtilizationRequest& request) {
  Violations violations;
  api::MatchName("alliances/*", request.parent(), "parent", violations);
  violations.Check("kind", v1::FacilityKind_IsValid(request.kind()), "a known kind",
                   "有效的资源类型");
  const bool start = violations.Require("start_date", request.has_start_date()) &&
                     violations.Check("start_date", IsDay(request.start_date()),
                                      "a day from 2000 on", "2000 年以后的有效日期");
  const bool end = violations.Require("end_date", request.has_end_date()) &&
                   violations.Check("end_date", IsDay(request.end_date()), "a day from 2000 on",
                                    "2000 年以后的有效日期");
  if (start && end) {
    const int64_t days = ToCivilDay(request.end_date()) - ToCivilDay(request.start_date()) + 1;
    violations.Check("end_date", days >= 1 && days <= kMaxDays,
                     "not before start_date, and at most 91 days later",
                     "不早于开始日期，且相隔不超过 91 天");
  }
  return violations.ToStatus();
}

struct Period {
  absl::Time from;
  absl::Time to;
};

Period PeriodOf(const v1::GetUtilizationRequest& request, absl::TimeZone zone) {
  return {absl::FromCivil(ToCivilDay(request.start_date()), zone),
          absl::FromCivil(ToCivilDay(request.end_date()) + 1, zone)};
}

absl::StatusOr<absl::TimeZone> ZoneOf(const v1::Facility& facility) {
  const auto zone = FindTimeZone(facility.time_zone());
  if (!zone.has_value()) return absl::InternalError("the time zone of a facility is gone");
  return *zone;
}

bool SeesAll(const api::Call& call) {
  return call.scope.relation >= auth::v1::RELATION_OWN_ALLIANCE;
}

}  // namespace

absl::StatusOr<v1::GetUtilizationResponse> UtilizationReport::Get(
    const api::Call& call, const v1::GetUtilizationRequest& request) {
  JH_RETURN_IF_ERROR(CheckRequest(request));
  using Response = v1::GetUtilizationResponse;
  return db::Read<Response>(
      pool_, call.deadline, [&](db::Connection& connection) -> absl::StatusOr<Response> {
        JH_ASSIGN_OR_RETURN(std::vector<v1::Facility> facilities,
                            ListFacilities(connection, call, request.kind()));
        Response response;
        response.set_truncated(facilities.size() > kFacilities);
        if (response.truncated()) facilities.resize(kFacilities);
        Utilization sums;
        for (const v1::Facility& facility : facilities) {
          JH_RETURN_IF_ERROR(AddFacility(connection, request, facility, sums));
          const v1::Use use = sums.Of(facility.name());
          if (use.offered_minutes() == 0) continue;
          v1::FacilityUse& row = *response.add_facilities();
          row.set_facility(facility.name());
          row.set_display_name(facility.display_name());
          row.set_kind(facility.kind());
          row.set_owner(facility.owner());
          *row.mutable_use() = use;
        }
        JH_ASSIGN_OR_RETURN(const bool more,
                            AddBookings(connection, call, request, facilities, sums));
        if (more) response.set_truncated(true);
        for (v1::HourUse& hour : sums.Hours()) *response.add_hours() = std::move(hour);
        for (v1::UnitUse& unit : sums.Units()) *response.add_units() = std::move(unit);
        return response;
      });
}

absl::StatusOr<std::vector<v1::Facility>> UtilizationReport::ListFacilities(
    db::Connection& connection, const api::Call& call, v1::FacilityKind kind) {
  if (SeesAll(call)) {
    return facilities_.List(connection, call.alliance, kind, {.size = kFacilities, .after = {}});
  }
  return facilities_.ListOwned(connection, call.alliance, call.scope.units, kind, kFacilities + 1);
}

absl::Status UtilizationReport::AddFacility(db::Connection& connection,
                                            const v1::GetUtilizationRequest& request,
                                            const v1::Facility& facility, Utilization& sums) {
  JH_ASSIGN_OR_RETURN(const absl::TimeZone zone, ZoneOf(facility));
  const Period period = PeriodOf(request, zone);
  JH_ASSIGN_OR_RETURN(const auto rules, MemberStore::Rules(connection, facility.name()));
  JH_ASSIGN_OR_RETURN(const auto windows,
                      windows_.ListBetween(connection, facility.name(), facility.name()));
  for (const v1::Window& window : windows) {
    const Supply supply = {facility, window, zone, 0, rules};
    std::vector<Slot> slots = CalendarOf(supply).SlotsOverlapping(period.from, period.to);
    // A slot counts for the day that it begins on.
    slots.erase(std::remove_if(slots.begin(), slots.end(),
                               [&](const Slot& slot) { return slot.start < period.from; }),
                slots.end());
    if (slots.empty()) continue;
    JH_ASSIGN_OR_RETURN(
        const SlotCounts counts,
        slots_.Counts(connection, window.name(), slots.front().start, slots.back().end));
    // What a slot's row says was offered is what was: a closure or a change left it there.
    for (const Slot& slot : slots) {
      const auto count = counts.find(slot.start);
      const bool counted = count != counts.end();
      sums.AddSlot(facility.name(), zone, slot,
                   counted ? count->second.capacity : window.capacity(),
                   counted ? count->second.used : 0);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> UtilizationReport::AddBookings(db::Connection& connection,
                                                    const api::Call& call,
                                                    const v1::GetUtilizationRequest& request,
                                                    const std::vector<v1::Facility>& facilities,
                                                    Utilization& sums) {
  if (facilities.empty()) return false;
  std::set<std::string, std::less<>> wanted;
  // The bounds of the days over all zones there are.
  Period all{absl::InfiniteFuture(), absl::InfinitePast()};
  for (const v1::Facility& facility : facilities) {
    JH_ASSIGN_OR_RETURN(const absl::TimeZone zone, ZoneOf(facility));
    const Period period = PeriodOf(request, zone);
    all = {std::min(all.from, period.from), std::max(all.to, period.to)};
    wanted.insert(facility.name());
  }
  std::vector<ReportStore::Range> ranges;
  for (const std::string& lender :
       SeesAll(call) ? std::vector<std::string>{""} : call.scope.units) {
    ranges.push_back(
        {.alliance = request.parent(), .start = all.from, .end = all.to, .lender = lender});
  }
  int left = kBookings;
  bool more = false;
  const auto add = [&](const v1::Booking& booking) {
    if (left-- <= 0) return;
    if (wanted.count(ParentOf(booking.window())) > 0) sums.AddBooking(booking);
  };
  for (int number = 1; number < v1::Booking::State_ARRAYSIZE; ++number) {
    const auto state = static_cast<v1::Booking::State>(number);
    if (!IsUse(state)) continue;
    for (const ReportStore::Range& range : ranges) {
      JH_RETURN_IF_ERROR(reports_.EachBooking(connection, range, state, left + 1, add).status());
      more = more || left < 0;
      left = std::max(left, 0);
    }
  }
  return more;
}

}  // namespace jinhuan::resource
