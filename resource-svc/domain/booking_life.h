// The states of a booking: which of them hold places, and which follows which.
// Every change of a booking goes by these tables (BookingStore::Move).
#pragma once

#include "absl/status/status.h"
#include "jinhuan/resource/v1/booking.pb.h"

namespace jinhuan::resource {

// Whether a booking in this state has its places. One that was used keeps them: they are
// what was used.
bool HoldsPlaces(v1::Booking::State state);

// Whether quotas count a booking in this state. A no-show counts although its places are
// given back: who does not come has kept them from others.
bool HoldsQuota(v1::Booking::State state);

// Whether nothing more happens to a booking in this state.
bool IsOver(v1::Booking::State state);

// Whether a booking may go from one state to another. From a state that is not over to the
// same state: it changes otherwise.
bool MayMove(v1::Booking::State from, v1::Booking::State to);

// FAILED_PRECONDITION / STATE_WRONG unless the booking may go to `to`.
absl::Status CheckMove(const v1::Booking& booking, v1::Booking::State to);

}  // namespace jinhuan::resource
