#pragma once

#include <set>

#include "absl/time/civil_time.h"
#include "jinhuan/alliance/v1/charter.pb.h"

namespace jinhuan::alliance {

// Which days people work, by a holiday table: Monday to Friday, without the
// table's holidays, and with the weekend days that are worked in exchange (调休).
// Dates of the table that no calendar has are passed over.
class WorkingDays {
 public:
  explicit WorkingDays(const v1::HolidayTable& table);

  bool IsWorkingDay(absl::CivilDay day) const;

  // Whether the table knows the year of `day`; in other years only weekends count.
  bool Knows(absl::CivilDay day) const { return years_.contains(day.year()); }

  struct Sum {
    absl::CivilDay day;
    // Whether a day was counted, or passed over, that the table does not know.
    bool beyond_table = false;
  };
  // The day that lies `days` working days (0 or more) after `from`, which does not
  // count itself; `from` for 0.
  Sum Add(absl::CivilDay from, int days) const;

 private:
  std::set<int64_t> years_;
  std::set<absl::CivilDay> holidays_;
  std::set<absl::CivilDay> worked_;
};

}  // namespace jinhuan::alliance
