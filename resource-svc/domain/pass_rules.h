#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jinhuan/resource/v1/pass.pb.h"
#include "resource-svc/domain/booking_rules.h"

namespace jinhuan::resource {

// The rules of passes. A pass is a booking for each opening of its windows in its period; what
// happens to those days is what happens to any booking.

// Adds what is wrong with the terms on which a window of a facility of this kind gives passes.
void CheckPassTerms(const v1::Window& window, v1::FacilityKind kind, Violations& violations);

// Adds what is wrong with a pass that is to be made, as far as it shows without its windows, at
// fields "pass.…"; returns it with what only the server says left out, and its plate as it is kept.
v1::Pass CheckPass(const v1::Pass& wanted, Violations& violations);

// FAILED_PRECONDITION / PASSES_NOT_GIVEN unless the window gives passes and has not ended;
// INVALID_ARGUMENT / FIELD_INVALID for a period that is over, or longer than the window allows;
// FAILED_PRECONDITION / TOO_EARLY when it begins past the horizon.
absl::Status CheckPeriod(const v1::Pass& pass, const Supply& supply, absl::Time now);

// The openings of a window that a pass made at `now` is for: those that begin in its period and
// that none of `closed` overlaps, without the slots whose cut-off has passed. Where the lender must
// approve, none that has begun.
std::vector<std::vector<Slot>> DaysOf(const v1::Pass& pass, const Supply& supply,
                                      const std::vector<Slot>& closed, absl::Time now);

// A day of a pass, whose name, unit and user are set, as a booking without a name.
v1::Booking DayOf(const v1::Pass& pass, const Supply& supply, const std::vector<Slot>& slots,
                  absl::Time now);

// The pass with what follows from its days, when it is made at `now`: its times and price, whether
// it waits for approval, and until when. All of them wait as long.
void Promise(v1::Pass& pass, std::vector<v1::Booking*> days, absl::Time now);

// What one recall took of each pass that has days among `taken`, in the order of their names.
std::vector<v1::PassRecall> RecallsOf(const std::vector<v1::Booking>& taken,
                                      const std::string& reason);

// When the clock ends the pass as it is, or when it ended.
absl::Time DueTime(const v1::Pass& pass);

// The pass as it is at `now`. What the clock ends is not recorded: it follows from the times.
v1::Pass AsOf(v1::Pass pass, absl::Time now);

// The steps of a pass as it is at `now`. FAILED_PRECONDITION / STATE_WRONG from another state.
absl::StatusOr<v1::Pass> Cancelled(const v1::Pass& pass, const std::string& reason, absl::Time now);
absl::StatusOr<v1::Pass> Approved(const v1::Pass& pass);
absl::StatusOr<v1::Pass> Rejected(const v1::Pass& pass, const std::string& reason, absl::Time now);

}  // namespace jinhuan::resource
