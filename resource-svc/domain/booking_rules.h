#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jinhuan/auth/v1/caller.pb.h"
#include "jinhuan/resource/v1/booking.pb.h"
#include "jinhuan/resource/v1/booking_service.pb.h"
#include "jinhuan/resource/v1/facility.pb.h"
#include "platform/api/time.h"
#include "platform/status/error.h"
#include "resource-svc/domain/alliance_rules.h"
#include "resource-svc/domain/window_calendar.h"

namespace jinhuan::resource {

// A window with the facility that it belongs to.
struct Supply {
  v1::Facility facility;
  v1::Window window;
  absl::TimeZone zone;                              // the facility's
  int64_t version = 0;                              // the window's: what it was read as
  std::shared_ptr<const AllianceRules> rules = {};  // nothing: those without a charter
};

// When a window is open; `supply` must outlive it.
inline WindowCalendar CalendarOf(const Supply& supply) {
  return WindowCalendar(supply.window, supply.zone, supply.rules ? &supply.rules->days : nullptr);
}

// The last day, in the facility's zone, on which what can be booked at `now` begins.
absl::CivilDay LastDayAhead(const Supply& supply, absl::Time now);

// When requests for an opening of a window that opens by lottery close.
absl::Time LotteryCloseTime(const Supply& supply, const std::vector<Slot>& opening);

// What a place in a slot costs, in fen: the window's price or that of its hour.
int64_t PriceOf(const Supply& supply, const Slot& slot);

using api::IsTime;  // of what a client wants booked, closed or listed

// Adds what is wrong with a booking that is to be made, as far as it shows
// without its window, at fields "booking.…". Names are not looked at.
void CheckBooking(const v1::Booking& booking, Violations& violations);

// Whether the window is open to the unit of `grant`: to everyone when it names
// no audience, else to the tiers, the sectors and the units it names.
bool InAudience(const v1::Window& window, const auth::v1::Grant& grant);

// Whether someone with the grants of `caller` may book the window: as staff or
// liaison of a unit in its audience, or as street administration or system of
// the alliance, to which every window is open.
bool MayBook(const v1::Window& window, const auth::v1::Caller& caller, std::string_view alliance);

// The slots that [start, end) is made of. FAILED_PRECONDITION / WINDOW_CLOSED
// when the window is closed at `start`; INVALID_ARGUMENT / INTERVAL_INVALID when
// the interval is not whole slots of that opening.
absl::StatusOr<std::vector<Slot>> SlotsOf(const Supply& supply, absl::Time start, absl::Time end);

// `wanted` as it is kept, if it can be booked at `now`: plate and quantity in
// their stored form, price, deadline and what the facility is; its name and user
// are left alone. `slots` (SlotsOf) is what it takes. Errors: FAILED_PRECONDITION /
// TOO_EARLY, TOO_LATE; INVALID_ARGUMENT / FIELD_REQUIRED, FIELD_INVALID,
// PLATE_INVALID. That places are to be drawn is not looked at.
//
// Bookings open at midnight, facility time, `horizon_days` days ahead. They close
// `cutoff_minutes` before the first slot begins; with 0, when it ends.
absl::StatusOr<v1::Booking> Admit(const v1::Booking& wanted, const Supply& supply,
                                  const std::vector<Slot>& slots, absl::Time now);

// A booking of `slots` that costs `price_fen` as it is kept when it is made at `now`; what it is
// asked for, its name and its user are set.
v1::Booking Kept(v1::Booking booking, const Supply& supply, const std::vector<Slot>& slots,
                 int64_t price_fen, absl::Time now);

// Whether a slot lies past the horizon of its window; whether the cut-off has passed.
bool IsTooEarly(const Supply& supply, const Slot& slot, absl::Time now);
bool IsTooLate(const v1::Window& window, const Slot& slot, absl::Time now);
// FAILED_PRECONDITION / TOO_EARLY.
absl::Status TooEarly(const v1::Window& window);

// The booking, as it is at `now` (AsOf), when it is cancelled then. FAILED_PRECONDITION /
// STATE_WRONG when it is over or being used; CANCEL_TOO_LATE when it is CONFIRMED and its deadline
// has passed, for the street administration its end (a recall can't wait, and what is over stays
// as it was).
absl::StatusOr<v1::Booking> Cancelled(const v1::Booking& booking, const std::string& reason,
                                      bool by_street, absl::Time now);

// What someone is told of a slot that has `free` places left.
v1::SlotAvailability::State StateOf(const Supply& supply, const Slot& slot, int free, bool may_book,
                                    absl::Time now);

}  // namespace jinhuan::resource
