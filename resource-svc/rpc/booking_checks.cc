#include "resource-svc/rpc/booking_checks.h"

#include "jinhuan/resource/v1/error_reason.pb.h"
#include "platform/api/acts_for_alliance.h"
#include "platform/api/resource_name.h"
#include "platform/status/error.h"
#include "resource-svc/domain/booking_rules.h"

namespace jinhuan::resource {
namespace {

constexpr char kAlliance[] = "alliances/*";
constexpr char kMember[] = "alliances/*/members/*";
constexpr char kWindow[] = "alliances/*/facilities/*/windows/*";

}  // namespace

absl::Status CheckRequest(const api::Call& call, const std::string& parent,
                          const v1::Booking& booking) {
  Violations violations;
  api::MatchName(kAlliance, parent, "parent", violations);
  if (api::MatchName(kWindow, booking.window(), "booking.window", violations)) {
    violations.Check("booking.window", api::AllianceOf(booking.window()) == call.alliance,
                     "a window of the parent", "本联盟的开放时段");
  }
  if (!booking.member().empty() &&
      api::MatchName(kMember, booking.member(), "booking.member", violations)) {
    violations.Check("booking.member", api::AllianceOf(booking.member()) == call.alliance,
                     "a member of the parent", "本联盟的成员单位");
  }
  CheckBooking(booking, violations);
  return violations.ToStatus();
}

absl::Status CheckAudience(const api::Call& call, const v1::Window& window,
                           const std::string& unit) {
  const auth::v1::Grant* grant = call.GrantFor(unit);
  if (api::ActsForAlliance(call) || (grant != nullptr && InAudience(window, *grant)))
    return absl::OkStatus();
  return Error(v1::ERROR_REASON_NOT_IN_AUDIENCE, {{"window", window.name()}});
}

absl::Status CheckGuests(const api::Call& call, const v1::Booking& booking) {
  const bool named = booking.facility_kind() != v1::FACILITY_KIND_CANTEEN ||
                     booking.guests_size() + 1 >= booking.quantity();
  Violations violations;
  violations.Require("booking.guests", named || call.scope.relation >= auth::v1::RELATION_OWN_UNIT);
  return violations.ToStatus();
}

absl::Status CheckReason(const std::string& reason, int least) {
  Violations violations;
  violations.CheckText("reason", reason, least, 200);
  return violations.ToStatus();
}

bool IsFull(const absl::Status& status) {
  return absl::IsResourceExhausted(status) && ReasonOf(status) == "SLOT_FULL";
}

}  // namespace jinhuan::resource
