// What becomes of passes that are there, and what is said of them.
#include <algorithm>
#include <deque>
#include <map>

#include "jinhuan/resource/v1/error_reason.pb.h"
#include "platform/api/acts_for_alliance.h"
#include "platform/api/page.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/api/write.h"
#include "platform/log.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/booking_clock.h"
#include "resource-svc/domain/booking_life.h"
#include "resource-svc/domain/booking_steps.h"
#include "resource-svc/domain/pass_rules.h"
#include "resource-svc/domain/plate.h"
#include "resource-svc/rpc/booking_checks.h"
#include "resource-svc/rpc/passes.h"

namespace jinhuan::resource {
namespace {

constexpr char kAlliance[] = "alliances/*";
constexpr char kFacility[] = "alliances/*/facilities/*";
constexpr char kPass[] = "alliances/*/passes/*";

}  // namespace

absl::StatusOr<PassStore::Stored> Passes::GetFrom(Side side, const api::Call& call,
                                                  const std::string& name,
                                                  db::Connection& connection) {
  JH_ASSIGN_OR_RETURN(PassStore::Stored stored, deps_.passes.Get(connection, name));
  const bool holder = call.Covers(stored.pass.user(), stored.pass.member());
  const bool lender = call.Covers("", stored.pass.lender());
  if ((holder && side != Side::kLender) || (lender && side != Side::kHolder)) return stored;
  return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", name}});
}

absl::Status Passes::CheckSeen(const api::Call& call, const std::string& name,
                               db::Connection& connection) {
  return GetFrom(Side::kEither, call, name, connection).status();
}

absl::StatusOr<v1::Pass> Passes::Get(const api::Call& call, const v1::GetPassRequest& request) {
  JH_RETURN_IF_ERROR(api::RequireName(kPass, request.name()).status());
  return db::Read<v1::Pass>(
      deps_.pool, call.deadline, [&](db::Connection& connection) -> absl::StatusOr<v1::Pass> {
        JH_ASSIGN_OR_RETURN(auto stored, GetFrom(Side::kEither, call, request.name(), connection));
        v1::Pass pass = AsOf(std::move(stored.pass), call.now);
        JH_RETURN_IF_ERROR(deps_.bookings.CountDays(connection, call.now, pass));
        return pass;
      });
}

absl::StatusOr<v1::ListPassesResponse> Passes::List(const api::Call& call,
                                                    const v1::ListPassesRequest& request) {
  Violations violations;
  api::MatchName(kAlliance, request.parent(), "parent", violations);
  violations.Check("state", v1::Pass::State_IsValid(request.state()), "a known state",
                   "有效的状态");
  JH_RETURN_IF_ERROR(violations.ToStatus());
  JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(request, PassStore::kPageColumns));
  PassStore::Filter filter{.everyone = !request.mine() && api::ActsForAlliance(call),
                           .state = request.state(),
                           .now = call.now};
  if (!request.lent()) filter.user = call.caller.name();
  if (!request.mine() && !request.lent()) filter.units = call.scope.units;
  if (!request.mine() && request.lent()) filter.lenders = call.scope.units;
  using List = std::vector<v1::Pass>;
  JH_ASSIGN_OR_RETURN(
      auto passes,
      db::Read<List>(deps_.pool, call.deadline,
                     [&](db::Connection& connection) -> absl::StatusOr<List> {
                       JH_ASSIGN_OR_RETURN(
                           auto listed, deps_.passes.List(connection, call.alliance, filter, page));
                       for (v1::Pass& pass : listed) {
                         JH_RETURN_IF_ERROR(deps_.bookings.CountDays(connection, call.now, pass));
                       }
                       return listed;
                     }));
  v1::ListPassesResponse response;
  response.set_next_page_token(
      api::FillPage(request, page, passes, *response.mutable_passes(), PassStore::PageKey));
  return response;
}

template <class Request>
absl::StatusOr<v1::Pass> Passes::Take(const api::Call& call, const Request& request, Side side,
                                      MovePass move, MoveDay move_day, const std::string& reason) {
  JH_RETURN_IF_ERROR(api::RequireName(kPass, request.name()).status());
  auto taken = api::Write<v1::Pass>(
      deps_.pool, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::Pass> {
        JH_ASSIGN_OR_RETURN(const auto stored, GetFrom(side, call, request.name(), connection));
        JH_ASSIGN_OR_RETURN(v1::Pass after, move(AsOf(stored.pass, call.now)));
        JH_RETURN_IF_ERROR(deps_.passes.Replace(connection, call, stored, after, reason));
        JH_RETURN_IF_ERROR(MoveDays(call, after.name(), move_day, reason, connection));
        JH_RETURN_IF_ERROR(deps_.bookings.CountDays(connection, call.now, after));
        return after;
      });
  if (!taken.ok() || taken->state() == v1::Pass::STATE_ACTIVE) return taken;
  for (const std::string& window : taken->windows()) {  // places came free
    const auto served = deps_.waitlist.Serve(window, call.now);
    // BookingKeeper does it a moment later.
    if (!served.ok()) log::Warning("line not served", {{"status", served.status().ToString()}});
  }
  return taken;
}

absl::Status Passes::MoveDays(const api::Call& call, const std::string& pass, MoveDay move,
                              const std::string& reason, db::Connection& connection) {
  JH_ASSIGN_OR_RETURN(const auto days, deps_.bookings.LiveDays(connection, pass));
  std::map<std::string, Supply> supplies;
  std::deque<v1::Booking> after;
  std::vector<BookingStore::Step> steps;
  for (const BookingStore::Stored& day : days) {
    const absl::StatusOr<v1::Booking> moved = move(AsOf(day.booking, call.now));
    if (absl::IsFailedPrecondition(moved.status())) continue;  // too late for this one
    JH_RETURN_IF_ERROR(moved.status());
    const std::string& window = day.booking.window();
    if (supplies.count(window) == 0) {
      JH_ASSIGN_OR_RETURN(supplies[window], deps_.windows.GetSupply(connection, window));
    }
    after.push_back(*moved);
    steps.push_back(
        {.supply = supplies[window], .before = day, .after = after.back(), .reason = reason});
  }
  return steps.empty() ? absl::OkStatus()
                       : deps_.bookings.MoveAll(connection, call, std::move(steps));
}

absl::StatusOr<v1::Pass> Passes::Cancel(const api::Call& call,
                                        const v1::CancelPassRequest& request) {
  JH_RETURN_IF_ERROR(CheckReason(request.reason(), 0));
  return Take(
      call, request, Side::kHolder,
      [&](const v1::Pass& pass) { return Cancelled(pass, request.reason(), call.now); },
      [&](const v1::Booking& day) {
        return Cancelled(day, request.reason(), api::ActsForAlliance(call), call.now);
      },
      request.reason());
}

absl::StatusOr<v1::Pass> Passes::Approve(const api::Call& call,
                                         const v1::ApprovePassRequest& request) {
  return Take(
      call, request, Side::kLender, [](const v1::Pass& pass) { return Approved(pass); },
      [](const v1::Booking& day) { return Approved(day); });
}

absl::StatusOr<v1::Pass> Passes::Reject(const api::Call& call,
                                        const v1::RejectPassRequest& request) {
  JH_RETURN_IF_ERROR(CheckReason(request.reason(), 1));
  return Take(
      call, request, Side::kLender,
      [&](const v1::Pass& pass) { return Rejected(pass, request.reason(), call.now); },
      [&](const v1::Booking& day) { return Rejected(day, request.reason(), call.now); },
      request.reason());
}

absl::StatusOr<v1::CheckPlateResponse> Passes::CheckPlate(const api::Call& call,
                                                          const v1::CheckPlateRequest& request) {
  JH_RETURN_IF_ERROR(api::RequireName(kFacility, request.name()).status());
  const auto plate = NormalisePlate(request.plate());
  Violations violations;
  if (!plate) violations.Add("plate", v1::ERROR_REASON_PLATE_INVALID, {{"plate", request.plate()}});
  const std::string windows = request.name() + "/windows/";
  v1::CheckPlateResponse response;
  JH_RETURN_IF_ERROR(
      db::Read(deps_.pool, call.deadline, [&](db::Connection& connection) -> absl::Status {
        response.Clear();
        JH_ASSIGN_OR_RETURN(const auto facility, deps_.facilities.Get(connection, request.name()));
        if (!call.Covers("", facility.owner())) {
          return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", request.name()}});
        }
        JH_RETURN_IF_ERROR(violations.ToStatus());
        JH_ASSIGN_OR_RETURN(auto live, deps_.bookings.LiveOfPlate(
                                           connection, request.name(), *plate,
                                           call.now - kLongestOverstay, call.now + kCheckInOpens));
        for (BookingStore::Stored& stored : live) {
          if (!stored.booking.window().starts_with(windows)) continue;
          v1::Booking booking = AsOf(std::move(stored.booking), call.now);
          const bool counts = booking.state() == v1::Booking::STATE_CONFIRMED ||
                              booking.state() == v1::Booking::STATE_CHECKED_IN;
          if (counts) *response.add_bookings() = std::move(booking);
        }
        return absl::OkStatus();
      }));
  std::sort(response.mutable_bookings()->begin(), response.mutable_bookings()->end(),
            [](const v1::Booking& a, const v1::Booking& b) {
              return api::FromProto(a.start_time()) < api::FromProto(b.start_time());
            });
  return response;
}

}  // namespace jinhuan::resource
