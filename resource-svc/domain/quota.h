#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "jinhuan/resource/v1/booking.pb.h"
#include "jinhuan/resource/v1/facility.pb.h"
#include "resource-svc/domain/booking_rules.h"

namespace jinhuan::resource {

// One count that a booking adds to: a quota of its window or of the charter, for one subject,
// in one period; or, of a canteen, the one place that somebody may have for a meal.
struct QuotaUse {
  std::string scope;    // the window's id; or, of the whole alliance, kCharterScope for all
                        // its facilities and kMealScope for all its canteens
  std::string subject;  // person:users/{user}, unit:{id of the member}, guest:{that}:{hash} or
                        // passes
  std::string period;   // day:2026-11-23, week:2026-11-23 (its Monday), month:2026-11,
                        // lunch:2026-11-23
  int limit;
  std::string subject_kind;  // person, unit, guest or pass
  std::string period_kind;   // day, week, month, or the meal
  std::string guest = {};    // the name of a guest
};

// The places that the passes of a window may hold are counted as a quota: that of its passes, over
// a day.
inline constexpr char kPassSubject[] = "pass";

// Sort before every window's id, which begins with a digit or a letter.
inline constexpr char kCharterScope[] = "*charter";
inline constexpr char kMealScope[] = "*meal";

// What `booking` adds to, in the order in which the counts must be changed
// (each transaction the same order, so that none waits in a circle). The period
// is that of the booking's start in the facility's zone, and so is the charter.
std::vector<QuotaUse> QuotaUses(const Supply& supply, const v1::Booking& booking);

}  // namespace jinhuan::resource
