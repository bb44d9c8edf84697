#pragma once

#include <vector>

#include "absl/status/status.h"
#include "platform/api/call.h"
#include "platform/db/pool.h"
#include "resource-svc/storage/booking_store.h"

namespace jinhuan::resource {

// Whether BookingStore::CreateAll refused because one of several did not fit, of which is not said;
// not that there was no connection to try with.
bool DidNotFit(const absl::Status& status);

// Why several can't be booked together: the error of the first that can't be, after those before
// it. ABORTED / CONFLICT when all can, this time. Books nothing.
absl::Status WhyNot(db::Pool& pool, BookingStore& bookings, const api::Call& call,
                    const std::vector<BookingStore::New>& wanted);

}  // namespace jinhuan::resource
