#include "resource-svc/rpc/joint_booking.h"

#include "platform/db/errors.h"
#include "platform/status/error.h"

namespace jinhuan::resource {

bool DidNotFit(const absl::Status& status) {
  const bool busy = ReasonOf(status) == "OVERLOADED";
  return (absl::IsResourceExhausted(status) && !busy) ||
         db::FailureOf(status) == db::Failure::kCheck;
}

absl::Status WhyNot(db::Pool& pool, BookingStore& bookings, const api::Call& call,
                    const std::vector<BookingStore::New>& wanted) {
  absl::Status why;
  const absl::Status tried =
      db::InTransaction(pool, call.deadline, [&](db::Connection& c) -> absl::Status {
        why = absl::OkStatus();
        for (const BookingStore::New& each : wanted) {
          why = bookings.Create(c, call, each.supply, each.slots, each.booking);
          if (!why.ok()) return why;
        }
        return absl::CancelledError("only tried");
      });
  // All of them, this time: what was in the way has gone.
  return why.ok() ? Error(error::v1::COMMON_REASON_CONFLICT) : tried;
}

}  // namespace jinhuan::resource
