// A row of `booking`, for the files of BookingStore.
#pragma once

#include <string>
#include <string_view>

#include "resource-svc/storage/booking_store.h"
#include "resource-svc/storage/names.h"

namespace jinhuan::resource {

// Columns state, version, held, body, in this order.
inline BookingStore::Stored StoredOf(const db::Row& row) {
  BookingStore::Stored stored;
  row.Parse(3, stored.booking);
  stored.booking.set_state(static_cast<v1::Booking::State>(row.Int(0)));
  stored.version = row.Int(1);
  if (!row.IsNull(2)) row.Parse(2, stored.held.emplace());
  return stored;
}

// Whose a booking is in the column user_name: a day of a pass is its pass's.
inline std::string HolderOfPass(std::string_view pass) { return "passes/" + LastId(pass); }
inline std::string HolderOf(const v1::Booking& booking) {
  return booking.pass().empty() ? booking.user() : HolderOfPass(booking.pass());
}

// What a booking takes of its window: `slots` slots, and what QuotaUses says.
internal::v1::Holding HoldingOf(const Supply& supply, const v1::Booking& booking, size_t slots);

}  // namespace jinhuan::resource
