#include "resource-svc/rpc/window_changes.h"

#include "platform/api/resource_name.h"
#include "platform/api/update_mask.h"
#include "platform/api/write_or_preview.h"
#include "platform/status/state_wrong.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/pass_rules.h"
#include "resource-svc/domain/window_rules.h"
#include "resource-svc/rpc/facility_checks.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {
namespace {

constexpr char kWindow[] = "alliances/*/facilities/*/windows/*";

// Whether the change is one of how much there is, and not only of what is said of it.
bool ChangesSupply(const v1::Window& before, const v1::Window& after) {
  const auto end = [](const v1::Window& window) { return window.end_date().SerializeAsString(); };
  return before.capacity() != after.capacity() || before.has_end_date() != after.has_end_date() ||
         end(before) != end(after);
}

// What the change of a window means for its slots: what is closed stays so.
absl::StatusOr<SupplyStore::Change> SupplyChange(db::Connection& connection, const api::Call& call,
                                                 const Supply& before, const Supply& after) {
  JH_ASSIGN_OR_RETURN(auto closed, ClosureStore::ClosedIn(connection, before.window.name(),
                                                          call.now - SupplyStore::kLongestOpening,
                                                          SupplyStore::kLast));
  return SupplyStore::Whole(before, after, std::move(closed), call.now);
}

}  // namespace

template <class Request, class Edit>
absl::StatusOr<v1::Window> WindowChanges::Change(const api::Call& call, const Request& request,
                                                 const std::string& name, const Edit& edit) {
  const auto change = [&](db::Connection& connection) -> absl::StatusOr<v1::Window> {
    if (!request.validate_only()) {
      JH_RETURN_IF_ERROR(windows_.Queue(connection, ParentOf(name)));
    }
    JH_ASSIGN_OR_RETURN(const Supply before, windows_.GetSupply(connection, name));
    JH_RETURN_IF_ERROR(CheckOwner(call, before.facility));
    JH_RETURN_IF_ERROR(CheckLent(before.facility));
    JH_RETURN_IF_ERROR(CheckState(before.window, {v1::Window::STATE_OPEN}));
    Supply after = before;
    JH_RETURN_IF_ERROR(edit(before, after.window));
    if (ChangesSupply(before.window, after.window)) {
      JH_RETURN_IF_ERROR(windows_.CheckOverlap(connection, after.window));
    }
    const absl::CivilDay today = absl::ToCivilDay(call.now, before.zone);
    if (IsOver(before.window, today) && !IsOver(after.window, today)) {
      JH_RETURN_IF_ERROR(windows_.CheckRoom(connection, before.facility, call.now));
    }
    if (request.validate_only()) return Preview(connection, call, before, after);
    SupplyStore::Recall recall{.asked = request.recall(), .reason = request.reason()};
    recall.explain = [&](std::vector<v1::Booking>& bookings) {
      return alternatives_.Offer(connection, before.facility, call.now, bookings);
    };
    return Apply(connection, call, before, std::move(after), recall);
  };
  return api::WriteOrPreview<v1::Window>(pool_, call, request, change);
}

absl::StatusOr<v1::Window> WindowChanges::Update(const api::Call& call,
                                                 const v1::UpdateWindowRequest& request) {
  Violations violations;
  api::MatchName(kWindow, request.window().name(), "window.name", violations);
  CheckRecall(request, violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return Change(
      call, request, request.window().name(),
      [&](const Supply& before, v1::Window& window) -> absl::Status {
        JH_RETURN_IF_ERROR(
            api::ApplyMask(request.update_mask(),
                           {"display_name", "end_date", "capacity", "audience_tiers",
                            "audience_sectors", "audience_members", "price_fen", "horizon_days",
                            "cutoff_minutes", "cancel_minutes", "quotas", "discounts",
                            "grace_minutes", "approval_required", "approval_minutes", "passes"},
                           request.window(), window));
        Violations wrong;
        CheckWindow(window, wrong);
        CheckPassTerms(window, before.facility.kind(), wrong);
        CheckAudience(window, call.alliance, wrong);
        JH_RETURN_IF_ERROR(wrong.ToStatus());
        return api::CheckEtag(request.window().etag(), before.window.etag(), window.name());
      });
}

absl::StatusOr<v1::Window> WindowChanges::End(const api::Call& call,
                                              const v1::EndWindowRequest& request) {
  Violations violations;
  api::MatchName(kWindow, request.name(), "name", violations);
  violations.Require("last_date", request.has_last_date());
  CheckRecall(request, violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return Change(call, request, request.name(),
                [&](const Supply& before, v1::Window& window) -> absl::Status {
                  Violations wrong;
                  CheckLastDate(request.last_date(), before.window,
                                absl::ToCivilDay(call.now, before.zone), wrong);
                  *window.mutable_end_date() = request.last_date();
                  window.set_state(v1::Window::STATE_ENDED);
                  return wrong.ToStatus();
                });
}

absl::StatusOr<v1::Window> WindowChanges::Preview(db::Connection& connection, const api::Call& call,
                                                  const Supply& before, const Supply& after) {
  v1::Window window = after.window;
  if (!ChangesSupply(before.window, after.window)) return window;
  JH_ASSIGN_OR_RETURN(const auto change, SupplyChange(connection, call, before, after));
  JH_ASSIGN_OR_RETURN(auto touched, supplies_.Preview(connection, change, call.now));
  if (!touched.empty()) *window.mutable_touched() = TouchedBy(std::move(touched));
  return window;
}

absl::StatusOr<v1::Window> WindowChanges::Apply(db::Connection& connection, const api::Call& call,
                                                const Supply& before, Supply after,
                                                const SupplyStore::Recall& recall) {
  JH_ASSIGN_OR_RETURN(after.window, windows_.Replace(connection, call, before.window,
                                                     std::move(after.window), recall.reason));
  v1::Window window = after.window;
  if (!ChangesSupply(before.window, after.window)) return window;
  JH_ASSIGN_OR_RETURN(const auto change, SupplyChange(connection, call, before, after));
  JH_ASSIGN_OR_RETURN(auto touched, supplies_.Apply(connection, call, change, recall));
  JH_RETURN_IF_ERROR(supplies_.TellPasses(connection, call, touched, recall));
  if (!touched.empty()) *window.mutable_touched() = TouchedBy(std::move(touched));
  return window;
}

}  // namespace jinhuan::resource
