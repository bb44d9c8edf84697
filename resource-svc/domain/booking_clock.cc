#include "resource-svc/domain/booking_clock.h"

#include "platform/api/time.h"

namespace jinhuan::resource {
namespace {

using Booking = v1::Booking;

bool IsCar(const Booking& booking) { return booking.facility_kind() == v1::FACILITY_KIND_PARKING; }

Booking::State NextState(const Booking& booking) {
  switch (booking.state()) {
    case Booking::STATE_CONFIRMED:
      return booking.has_check_in_deadline() ? Booking::STATE_NO_SHOW : Booking::STATE_COMPLETED;
    case Booking::STATE_CHECKED_IN:
      return IsCar(booking) && !booking.overstayed() ? Booking::STATE_CHECKED_IN
                                                     : Booking::STATE_COMPLETED;
    default:
      return Booking::STATE_EXPIRED;
  }
}

}  // namespace

std::optional<absl::Time> DueTime(const Booking& booking) {
  const absl::Time end = api::FromProto(booking.end_time());
  switch (booking.state()) {
    case Booking::STATE_PENDING:
    case Booking::STATE_OFFERED:
      return api::FromProto(booking.expire_time());
    case Booking::STATE_WAITLISTED:
      return api::FromProto(booking.start_time());
    case Booking::STATE_CONFIRMED:
      return booking.has_check_in_deadline() ? api::FromProto(booking.check_in_deadline()) : end;
    case Booking::STATE_CHECKED_IN:
      return booking.overstayed() ? end + kLongestOverstay : end;
    default:
      return std::nullopt;
  }
}

std::optional<Booking> NextByClock(const Booking& booking, absl::Time now) {
  const std::optional<absl::Time> due = DueTime(booking);
  if (!due.has_value() || now < *due) return std::nullopt;
  Booking after = booking;
  after.set_state(NextState(booking));
  after.clear_expire_time();
  if (after.state() == Booking::STATE_CHECKED_IN) after.set_overstayed(true);
  if (after.state() == Booking::STATE_EXPIRED || after.state() == Booking::STATE_NO_SHOW) {
    *after.mutable_cancel_time() = api::ToProto(*due);
  }
  return after;
}

Booking AsOf(Booking booking, absl::Time now) {
  while (std::optional<Booking> next = NextByClock(booking, now)) booking = *std::move(next);
  return booking;
}

}  // namespace jinhuan::resource
