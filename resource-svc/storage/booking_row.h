// A row of `booking`, for the files of BookingStore.
#pragma once

#include "resource-svc/storage/booking_store.h"

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

// What a booking takes of its window: `slots` slots, and what QuotaUses says.
internal::v1::Holding HoldingOf(const Supply& supply, const v1::Booking& booking, size_t slots);

}  // namespace jinhuan::resource
