#include "resource-svc/rpc/closures.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "platform/api/page.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/api/write.h"
#include "platform/api/write_or_preview.h"
#include "platform/status/state_wrong.h"
#include "platform/status/status_macros.h"
#include "resource-svc/rpc/facility_checks.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

constexpr char kFacility[] = "alliances/*/facilities/*";
constexpr char kWindow[] = "alliances/*/facilities/*/windows/*";
constexpr char kClosure[] = "alliances/*/facilities/*/closures/*";
constexpr absl::Duration kLongestClosure = absl::Hours(366 * 24);

absl::Status CheckRequest(const api::Call& call, const v1::CreateClosureRequest& request) {
  const v1::Closure& closure = request.closure();
  Violations violations;
  api::MatchName(kFacility, request.parent(), "parent", violations);
  if (!closure.window().empty() &&
      api::MatchName(kWindow, closure.window(), "closure.window", violations)) {
    violations.Check("closure.window", ParentOf(closure.window()) == request.parent(),
                     "a window of the facility", "该资源的开放时段");
  }
  const bool starts = violations.Require("closure.start_time", closure.has_start_time());
  const bool ends = violations.Require("closure.end_time", closure.has_end_time());
  if (starts && ends &&
      violations.Check("closure.start_time", IsTime(closure.start_time()),
                       "a time from 1970 to 9999", "有效的时间")) {
    const absl::Time end = api::FromProto(closure.end_time());
    const absl::Duration length = end - api::FromProto(closure.start_time());
    violations.Check("closure.end_time",
                     IsTime(closure.end_time()) && length > absl::ZeroDuration() &&
                         length <= kLongestClosure && end > call.now,
                     "after start_time and now, at most 366 days",
                     "晚于开始时间和当前时间，且不超过 366 天");
  }
  violations.CheckText("closure.reason", closure.reason(), 1, 200);
  return violations.ToStatus();
}

}  // namespace

absl::StatusOr<v1::Closure> Closures::Create(const api::Call& call,
                                             const v1::CreateClosureRequest& request) {
  JH_RETURN_IF_ERROR(CheckRequest(call, request));
  v1::Closure closure = request.closure();
  closure.set_name(fmt::format("{}/closures/{}", request.parent(), ids_.NewId()));
  closure.set_state(v1::Closure::STATE_IN_FORCE);
  closure.set_user(call.caller.name());
  *closure.mutable_create_time() = api::ToProto(call.now);
  closure.clear_cancel_time();
  closure.clear_touched();
  const auto create = [&](db::Connection& connection) -> absl::StatusOr<v1::Closure> {
    if (!request.validate_only()) {
      JH_RETURN_IF_ERROR(windows_.Queue(connection, request.parent()));
    }
    JH_ASSIGN_OR_RETURN(const v1::Facility facility, facilities_.Get(connection, request.parent()));
    JH_RETURN_IF_ERROR(CheckOwner(call, facility));
    if (!closure.window().empty()) {
      JH_RETURN_IF_ERROR(windows_.GetSupply(connection, closure.window()).status());
    }
    Recall recall{.asked = request.recall() || closure.emergency(), .reason = closure.reason()};
    recall.explain = [&](std::vector<v1::Booking>& bookings) {
      for (v1::Booking& booking : bookings) booking.set_closure(closure.name());
      return alternatives_.Offer(connection, facility, call.now, bookings);
    };
    JH_ASSIGN_OR_RETURN(auto touched, Reshape(connection, call, facility, closure, /*closes=*/true,
                                              request.validate_only() ? nullptr : &recall));
    v1::Closure made = closure;
    if (!request.validate_only()) {
      JH_RETURN_IF_ERROR(supplies_.TellPasses(connection, call, touched, recall));
    }
    if (!touched.empty()) *made.mutable_touched() = TouchedBy(std::move(touched));
    if (!request.validate_only()) {
      JH_RETURN_IF_ERROR(closures_.Create(connection, call, made));
    }
    return made;
  };
  return api::WriteOrPreview<v1::Closure>(pool_, call, request, create);
}

absl::StatusOr<std::vector<v1::Booking>> Closures::Reshape(db::Connection& connection,
                                                           const api::Call& call,
                                                           const v1::Facility& facility,
                                                           const v1::Closure& closure, bool closes,
                                                           const Recall* recall) {
  std::vector<v1::Booking> touched;
  const Slot interval = IntervalOf(closure);
  const absl::Time from = std::max(interval.start, call.now) - SupplyStore::kLongestOpening;
  const absl::Time to = interval.end + SupplyStore::kLongestOpening;
  JH_ASSIGN_OR_RETURN(const std::vector<Supply> supplies, windows_.Supplies(connection, facility));
  for (const Supply& supply : supplies) {
    const std::string& window = supply.window.name();
    if (!Closes(closure, window)) continue;
    if (recall != nullptr) JH_RETURN_IF_ERROR(windows_.Fence(connection, supply.window));
    // Without this one: it is not there yet, or is not in force any more.
    JH_ASSIGN_OR_RETURN(const std::vector<Slot> others,
                        ClosureStore::ClosedIn(connection, window, from, to));
    SupplyStore::Change change{.before = supply,
                               .after = supply,
                               .closed_before = others,
                               .closed_after = others,
                               .from = from,
                               .to = to};
    (closes ? change.closed_after : change.closed_before).push_back(interval);
    JH_ASSIGN_OR_RETURN(auto of_window, recall == nullptr
                                            ? supplies_.Preview(connection, change, call.now)
                                            : supplies_.Apply(connection, call, change, *recall));
    std::move(of_window.begin(), of_window.end(), std::back_inserter(touched));
  }
  return touched;
}

absl::StatusOr<v1::ListClosuresResponse> Closures::List(const api::Call& call,
                                                        const v1::ListClosuresRequest& request) {
  Violations violations;
  api::MatchName(kFacility, request.parent(), "parent", violations);
  violations.Check("end_after", IsTime(request.end_after()), "a time from 1970 to 9999",
                   "有效的时间");
  JH_RETURN_IF_ERROR(violations.ToStatus());
  JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(request, ClosureStore::kPageColumns));
  using List = std::vector<v1::Closure>;
  JH_ASSIGN_OR_RETURN(
      auto closures,
      db::Read<List>(pool_, call.deadline, [&](db::Connection& connection) -> absl::StatusOr<List> {
        JH_RETURN_IF_ERROR(facilities_.Get(connection, request.parent()).status());
        return closures_.List(connection, request.parent(), api::FromProto(request.end_after()),
                              page);
      }));
  v1::ListClosuresResponse response;
  response.set_next_page_token(
      api::FillPage(request, page, closures, *response.mutable_closures(), ClosureStore::PageKey));
  return response;
}

absl::StatusOr<v1::Closure> Closures::Cancel(const api::Call& call,
                                             const v1::CancelClosureRequest& request) {
  JH_RETURN_IF_ERROR(api::RequireName(kClosure, request.name()).status());
  const std::string parent = ParentOf(request.name());
  return api::Write<v1::Closure>(
      pool_, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::Closure> {
        JH_RETURN_IF_ERROR(windows_.Queue(connection, parent));
        JH_ASSIGN_OR_RETURN(const v1::Facility facility, facilities_.Get(connection, parent));
        JH_RETURN_IF_ERROR(CheckOwner(call, facility));
        JH_ASSIGN_OR_RETURN(const v1::Closure before, closures_.Get(connection, request.name()));
        const bool in_force = before.state() == v1::Closure::STATE_IN_FORCE;
        if (!in_force || IntervalOf(before).end <= call.now) {
          return StateWrong(before.name(), in_force ? "OVER" : StateName(before.state()),
                            StateName(v1::Closure::STATE_IN_FORCE));
        }
        v1::Closure after = before;
        after.set_state(v1::Closure::STATE_CANCELLED);
        *after.mutable_cancel_time() = api::ToProto(call.now);
        JH_RETURN_IF_ERROR(closures_.Cancel(connection, call, before, after));
        const Recall nobody;
        JH_RETURN_IF_ERROR(
            Reshape(connection, call, facility, after, /*closes=*/false, &nobody).status());
        return after;
      });
}

absl::StatusOr<v1::Facility> Closures::Retire(const api::Call& call,
                                              const v1::RetireFacilityRequest& request) {
  Violations violations;
  api::MatchName(kFacility, request.name(), "name", violations);
  CheckRecall(request, violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  const auto retire = [&](db::Connection& connection) -> absl::StatusOr<v1::Facility> {
    if (!request.validate_only()) {
      JH_RETURN_IF_ERROR(windows_.Queue(connection, request.name()));
    }
    JH_ASSIGN_OR_RETURN(const v1::Facility before, facilities_.Get(connection, request.name()));
    JH_RETURN_IF_ERROR(CheckOwner(call, before));
    JH_RETURN_IF_ERROR(CheckLent(before));
    v1::Facility after = before;
    after.set_state(v1::Facility::STATE_RETIRED);
    Recall recall{.asked = request.recall(), .reason = request.reason()};
    recall.explain = [&](std::vector<v1::Booking>& bookings) {
      return alternatives_.Offer(connection, before, call.now, bookings);
    };
    if (!request.validate_only()) {
      JH_ASSIGN_OR_RETURN(after,
                          facilities_.Update(connection, call, before, after, request.reason()));
    }
    JH_ASSIGN_OR_RETURN(auto touched, EndWindows(connection, call, before,
                                                 request.validate_only() ? nullptr : &recall));
    if (!request.validate_only()) {
      JH_RETURN_IF_ERROR(supplies_.TellPasses(connection, call, touched, recall));
    }
    if (!touched.empty()) *after.mutable_touched() = TouchedBy(std::move(touched));
    return after;
  };
  return api::WriteOrPreview<v1::Facility>(pool_, call, request, retire);
}

absl::StatusOr<std::vector<v1::Booking>> Closures::EndWindows(db::Connection& connection,
                                                              const api::Call& call,
                                                              const v1::Facility& facility,
                                                              const Recall* recall) {
  std::vector<v1::Booking> touched;
  JH_ASSIGN_OR_RETURN(const std::vector<Supply> supplies, windows_.Supplies(connection, facility));
  for (const Supply& before : supplies) {
    const absl::CivilDay yesterday = absl::ToCivilDay(call.now, before.zone) - 1;
    const v1::Window& window = before.window;
    if (window.has_end_date() && ToCivilDay(window.end_date()) <= yesterday) continue;
    Supply after = before;
    after.window.set_state(v1::Window::STATE_ENDED);
    google::type::Date& last = *after.window.mutable_end_date();
    last.set_year(static_cast<int>(yesterday.year()));
    last.set_month(yesterday.month());
    last.set_day(yesterday.day());
    if (recall != nullptr) {
      JH_ASSIGN_OR_RETURN(after.window,
                          windows_.Replace(connection, call, window, after.window, recall->reason));
    }
    JH_ASSIGN_OR_RETURN(auto closed, ClosureStore::ClosedIn(connection, window.name(),
                                                            call.now - SupplyStore::kLongestOpening,
                                                            SupplyStore::kLast));
    const auto change = SupplyStore::Whole(before, after, std::move(closed), call.now);
    JH_ASSIGN_OR_RETURN(auto of_window, recall == nullptr
                                            ? supplies_.Preview(connection, change, call.now)
                                            : supplies_.Apply(connection, call, change, *recall));
    std::move(of_window.begin(), of_window.end(), std::back_inserter(touched));
  }
  return touched;
}

}  // namespace jinhuan::resource
