#include "resource-svc/rpc/passes.h"

#include <fmt/format.h>

#include <deque>
#include <optional>

#include "jinhuan/resource/v1/error_reason.pb.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/api/write.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/booking_clock.h"
#include "resource-svc/domain/booking_life.h"
#include "resource-svc/domain/pass_rules.h"
#include "resource-svc/rpc/acting_unit.h"
#include "resource-svc/rpc/booking_checks.h"
#include "resource-svc/rpc/joint_booking.h"
#include "resource-svc/storage/closure_store.h"
#include "resource-svc/storage/names.h"
#include "resource-svc/storage/supply_store.h"

namespace jinhuan::resource {
namespace {

constexpr char kAlliance[] = "alliances/*";
constexpr char kWindow[] = "alliances/*/facilities/*/windows/*";

absl::StatusOr<v1::Pass> Checked(const api::Call& call, const v1::CreatePassRequest& request) {
  Violations violations;
  api::MatchName(kAlliance, request.parent(), "parent", violations);
  const v1::Pass pass = CheckPass(request.pass(), violations);
  const std::string facility = pass.windows().empty() ? "" : ParentOf(pass.windows(0));
  for (const std::string& window : pass.windows()) {
    if (!api::MatchName(kWindow, window, "pass.windows", violations)) continue;
    violations.Check("pass.windows",
                     api::AllianceOf(window) == call.alliance && ParentOf(window) == facility,
                     "windows of one facility of the parent", "本联盟同一停车场的开放时段");
  }
  CheckOwnName(call, kMemberPattern, pass.member(), "pass.member", violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return pass;
}

bool Overlap(const v1::Booking& a, const v1::Booking& b) {
  return api::FromProto(a.start_time()) < api::FromProto(b.end_time()) &&
         api::FromProto(b.start_time()) < api::FromProto(a.end_time());
}

}  // namespace

// A pass with its days. Each holds references into the ones before it.
struct Passes::Plan {
  v1::Pass pass;
  std::deque<Supply> supplies;
  std::deque<std::vector<Slot>> slots;
  std::deque<v1::Booking> days;
  std::vector<BookingStore::New> news;
};

absl::StatusOr<v1::Pass> Passes::Create(const api::Call& call,
                                        const v1::CreatePassRequest& request) {
  JH_ASSIGN_OR_RETURN(const v1::Pass wanted, Checked(call, request));
  std::optional<Plan> plan;
  if (request.validate_only()) {
    JH_RETURN_IF_ERROR(db::Read(deps_.pool, call.deadline, [&](db::Connection& connection) {
      return Lay(call, wanted, connection, plan.emplace());
    }));
    return plan->pass;
  }
  JH_RETURN_IF_ERROR(db::InTransaction(deps_.pool, call.deadline, [&](db::Connection& connection) {
    return deps_.passes.AddPlate(connection, call.alliance, wanted.plate());
  }));
  for (int attempt = 1;; ++attempt) {
    auto made = api::Write<v1::Pass>(
        deps_.pool, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::Pass> {
          JH_RETURN_IF_ERROR(deps_.passes.TakeTurn(connection, call.alliance, wanted.plate()));
          JH_RETURN_IF_ERROR(Lay(call, wanted, connection, plan.emplace()));
          JH_RETURN_IF_ERROR(CheckPlateIsFree(call, connection, *plan));
          JH_RETURN_IF_ERROR(deps_.passes.Create(connection, call, plan->pass));
          JH_RETURN_IF_ERROR(deps_.bookings.CreateAll(connection, plan->news));
          v1::Pass pass = plan->pass;
          JH_RETURN_IF_ERROR(deps_.bookings.CountDays(connection, call.now, pass));
          return pass;
        });
    if (made.ok() || !DidNotFit(made.status())) return made;
    const absl::Status why = WhyNot(deps_.pool, deps_.bookings, call, plan->news);
    // Aborted: what was in the way has gone meanwhile.
    if ((!IsFull(why) && !absl::IsAborted(why)) || attempt == kBookingAttempts) return why;
    if (IsFull(why)) JH_RETURN_IF_ERROR(MakeRows(call, *plan));
  }
}

absl::Status Passes::Lay(const api::Call& call, const v1::Pass& wanted, db::Connection& connection,
                         Plan& plan) {
  plan.pass = wanted;
  JH_ASSIGN_OR_RETURN(const std::string unit, ActingUnit(call, wanted.member(), "pass.member"));
  JH_RETURN_IF_ERROR(CheckActiveUnit(connection, call, members_, unit));
  plan.pass.set_name(fmt::format("{}/passes/{}", call.alliance, deps_.ids.NewId()));
  plan.pass.set_member(unit);
  plan.pass.set_user(call.caller.name());
  for (const std::string& window : wanted.windows()) {
    JH_ASSIGN_OR_RETURN(plan.supplies.emplace_back(), deps_.windows.GetSupply(connection, window));
    const Supply& supply = plan.supplies.back();
    JH_RETURN_IF_ERROR(CheckAudience(call, supply.window, unit));
    JH_RETURN_IF_ERROR(CheckPeriod(plan.pass, supply, call.now));
    JH_ASSIGN_OR_RETURN(const auto closed,
                        ClosureStore::ClosedIn(connection, window, call.now, SupplyStore::kLast));
    for (auto& opening : DaysOf(plan.pass, supply, closed, call.now)) {
      v1::Booking& day = plan.days.emplace_back(DayOf(plan.pass, supply, opening, call.now));
      day.set_name(fmt::format("{}/bookings/{}", call.alliance, deps_.ids.NewId()));
      plan.slots.push_back(std::move(opening));
      plan.news.push_back({call, supply, plan.slots.back(), day});
    }
  }
  if (plan.days.empty()) return Error(v1::ERROR_REASON_PASS_WITHOUT_DAYS);
  std::vector<v1::Booking*> days;
  for (v1::Booking& day : plan.days) days.push_back(&day);
  Promise(plan.pass, std::move(days), call.now);
  plan.pass.set_facility_display_name(plan.supplies.front().facility.display_name());
  plan.pass.set_lender(plan.supplies.front().facility.owner());
  return absl::OkStatus();
}

absl::Status Passes::CheckPlateIsFree(const api::Call& call, db::Connection& connection,
                                      const Plan& plan) {
  JH_ASSIGN_OR_RETURN(const auto others,
                      deps_.passes.OfPlate(connection, call.alliance, plan.pass.plate(),
                                           api::FromProto(plan.pass.start_time())));
  for (const std::string& other : others) {
    JH_ASSIGN_OR_RETURN(const auto taken, deps_.bookings.LiveDays(connection, other));
    for (const BookingStore::Stored& theirs : taken) {
      if (IsOver(AsOf(theirs.booking, call.now).state())) continue;
      for (const v1::Booking& day : plan.days) {
        if (!Overlap(day, theirs.booking)) continue;
        return Error(v1::ERROR_REASON_PASS_OVERLAPS, {{"pass", other}});
      }
    }
  }
  return absl::OkStatus();
}

absl::Status Passes::MakeRows(const api::Call& call, const Plan& plan) {
  for (const BookingStore::New& day : plan.news) {
    JH_RETURN_IF_ERROR(
        deps_.slots.Prepare(deps_.pool, call.deadline, day.supply, day.slots, 1,
                            CalendarOf(day.supply).OpeningAt(day.slots.front().start)));
  }
  return absl::OkStatus();
}

}  // namespace jinhuan::resource
