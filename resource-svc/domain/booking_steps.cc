#include "resource-svc/domain/booking_steps.h"

#include <fmt/format.h>

#include <algorithm>

#include "jinhuan/resource/v1/error_reason.pb.h"
#include "platform/api/time.h"
#include "platform/status/error.h"
#include "platform/status/state_wrong.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/booking_life.h"
#include "resource-svc/domain/plate.h"

namespace jinhuan::resource {
namespace {

using Booking = v1::Booking;

constexpr int kDefaultApprovalMinutes = 1440;

absl::Time StartOf(const Booking& booking) { return api::FromProto(booking.start_time()); }

absl::Duration TimeToDecide(const v1::Window& window) {
  return absl::Minutes(window.approval_minutes() == 0 ? kDefaultApprovalMinutes
                                                      : window.approval_minutes());
}

// `booking` in another state; what only its old state had is gone.
absl::StatusOr<Booking> In(Booking::State state, const Booking& booking, Booking::State needs) {
  JH_RETURN_IF_ERROR(CheckState(booking, {needs}));
  Booking after = booking;
  after.set_state(state);
  after.clear_expire_time();
  return after;
}

}  // namespace

Booking Promised(Booking booking, const v1::Window& window, absl::Time now) {
  booking.clear_expire_time();
  booking.set_approval_required(window.approval_required());
  booking.set_state(Booking::STATE_CONFIRMED);
  if (window.approval_required()) {
    booking.set_state(Booking::STATE_PENDING);
    *booking.mutable_expire_time() =
        api::ToProto(std::min(now + TimeToDecide(window), StartOf(booking)));
  }
  return booking;
}

absl::StatusOr<Booking> Waiting(Booking booking, absl::Time now) {
  if (now >= StartOf(booking)) {
    return Error(v1::ERROR_REASON_TOO_LATE, {{"cutoff_minutes", "0"}});
  }
  booking.set_state(Booking::STATE_WAITLISTED);
  booking.clear_expire_time();
  return booking;
}

absl::Time OfferableUntil(const Booking& booking, const v1::Window& window) {
  return StartOf(booking) - absl::Minutes(window.cutoff_minutes());
}

Booking Offered(Booking booking, const v1::Window& window, absl::Time now) {
  booking.set_state(Booking::STATE_OFFERED);
  booking.clear_waitlist_position();
  *booking.mutable_expire_time() =
      api::ToProto(std::min(now + kOfferLife, OfferableUntil(booking, window)));
  return booking;
}

absl::StatusOr<Booking> Accepted(const Booking& booking, const v1::Window& window, absl::Time now) {
  JH_ASSIGN_OR_RETURN(Booking after, In(Booking::STATE_CONFIRMED, booking, Booking::STATE_OFFERED));
  return Promised(std::move(after), window, now);
}

absl::StatusOr<Booking> Approved(const Booking& booking) {
  return In(Booking::STATE_CONFIRMED, booking, Booking::STATE_PENDING);
}

absl::StatusOr<Booking> Rejected(const Booking& booking, const std::string& reason,
                                 absl::Time now) {
  JH_ASSIGN_OR_RETURN(Booking after, In(Booking::STATE_REJECTED, booking, Booking::STATE_PENDING));
  *after.mutable_cancel_time() = api::ToProto(now);
  after.set_cancel_reason(reason);
  return after;
}

absl::StatusOr<Booking> Replated(const Booking& booking, const std::string& plate, absl::Time now) {
  Violations violations;
  std::optional<std::string> normal;
  if (violations.Require("plate", !plate.empty())) {
    normal = NormalisePlate(plate);
    if (!normal) violations.Add("plate", v1::ERROR_REASON_PLATE_INVALID, {{"plate", plate}});
  }
  JH_RETURN_IF_ERROR(violations.ToStatus());
  JH_RETURN_IF_ERROR(CheckMove(booking, booking.state()));
  if (booking.plate().empty() || !booking.pass().empty() || now >= StartOf(booking)) {
    return Error(v1::ERROR_REASON_PLATE_FIXED, {{"name", booking.name()}});
  }
  Booking after = booking;
  after.set_plate(*normal);
  return after;
}

absl::StatusOr<Booking> CheckedIn(const Booking& booking, absl::Time now) {
  JH_ASSIGN_OR_RETURN(Booking after,
                      In(Booking::STATE_CHECKED_IN, booking, Booking::STATE_CONFIRMED));
  if (now < StartOf(booking) - kCheckInOpens) {
    return Error(v1::ERROR_REASON_CHECK_IN_TOO_EARLY,
                 {{"minutes", fmt::to_string(absl::ToInt64Minutes(kCheckInOpens))}});
  }
  *after.mutable_check_in_time() = api::ToProto(now);
  return after;
}

absl::StatusOr<Booking> CheckedOut(const Booking& booking, absl::Time now) {
  JH_ASSIGN_OR_RETURN(Booking after,
                      In(Booking::STATE_COMPLETED, booking, Booking::STATE_CHECKED_IN));
  *after.mutable_check_out_time() = api::ToProto(now);
  return after;
}

}  // namespace jinhuan::resource
