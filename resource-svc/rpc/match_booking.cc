#include "resource-svc/rpc/match_booking.h"

#include <algorithm>

#include "platform/api/time.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "resource-svc/domain/booking_steps.h"

namespace jinhuan::resource {
namespace {

absl::StatusOr<std::vector<Slot>> SlotsFor(const Supply& supply, const v1::MatchTerms& terms) {
  return SlotsOf(supply, api::FromProto(terms.start_time()), api::FromProto(terms.end_time()));
}

}  // namespace

absl::Status MatchBooking::Book(db::Connection& connection, const api::Call& call,
                                const v1::Match& match) {
  const v1::MatchTerms& terms = match.terms();
  JH_ASSIGN_OR_RETURN(const Supply supply, windows_.GetSupply(connection, terms.window()));
  const v1::FacilityKind kind = supply.facility.kind();
  Violations violations;
  violations.Check("terms.window",
                   supply.facility.owner() == match.giver() &&
                       (kind == v1::FACILITY_KIND_VENUE || kind == v1::FACILITY_KIND_SERVICE),
                   "a window of a venue or a service that the giving unit lends",
                   "提供单位的场地或服务的开放时段");
  JH_RETURN_IF_ERROR(violations.ToStatus());
  v1::Booking wanted;
  wanted.set_window(terms.window());
  *wanted.mutable_start_time() = terms.start_time();
  *wanted.mutable_end_time() = terms.end_time();
  wanted.set_quantity(terms.quantity());
  JH_ASSIGN_OR_RETURN(const std::vector<Slot> slots, SlotsFor(supply, terms));
  JH_ASSIGN_OR_RETURN(v1::Booking booking, Admit(wanted, supply, slots, call.now));
  // Whoever lends it has agreed.
  if (booking.state() == v1::Booking::STATE_PENDING) {
    JH_ASSIGN_OR_RETURN(booking, Approved(booking));
  }
  booking.set_name(match.booking());
  booking.set_member(match.taker());
  // Whoever acts for the taking unit: it claimed, or it agrees now.
  booking.set_user(match.claimant() == match.taker() ? match.user() : call.caller.name());
  return bookings_.Create(connection, call, supply, slots, booking);
}

absl::Status MatchBooking::MakeRoom(const api::Call& call, const v1::MatchTerms& terms) {
  JH_ASSIGN_OR_RETURN(const Supply supply,
                      db::Read<Supply>(pool_, call.deadline, [&](db::Connection& connection) {
                        return windows_.GetSupply(connection, terms.window());
                      }));
  JH_ASSIGN_OR_RETURN(const std::vector<Slot> slots, SlotsFor(supply, terms));
  return slots_.Prepare(pool_, call.deadline, supply, slots, std::max(terms.quantity(), 1),
                        CalendarOf(supply).OpeningAt(api::FromProto(terms.start_time())));
}

absl::Status MatchBooking::Cancel(db::Connection& connection, const api::Call& call,
                                  const std::string& booking, const std::string& reason) {
  JH_ASSIGN_OR_RETURN(const BookingStore::Stored stored, bookings_.Get(connection, booking));
  if (stored.booking.state() != v1::Booking::STATE_CONFIRMED) return absl::OkStatus();
  JH_ASSIGN_OR_RETURN(const Supply supply, windows_.GetSupply(connection, stored.booking.window()));
  JH_ASSIGN_OR_RETURN(const v1::Booking after,
                      Cancelled(stored.booking, reason, /*by_street=*/true, call.now));
  return bookings_
      .Move(connection, call,
            {.supply = supply, .before = stored, .after = after, .reason = reason})
      .status();
}

}  // namespace jinhuan::resource
