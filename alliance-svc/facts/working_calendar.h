#pragma once

#include <vector>

#include "absl/time/civil_time.h"
#include "alliance-svc/facts/working_days.h"
#include "jinhuan/alliance/v1/charter.pb.h"

namespace jinhuan::alliance {

// Which days people work over the versions of a charter: each day goes by the holiday table
// (WorkingDays) of the one that is in force on it. Without a charter only weekends count.
class WorkingCalendar {
 public:
  // `charters` are the versions of one alliance, ascending; only their effective date and
  // holidays are read.
  explicit WorkingCalendar(const std::vector<v1::Charter>& charters = {});

  bool IsWorkingDay(absl::CivilDay day) const;

  // The `count`th working day after `day`, 1 to 10,000; `day` itself never counts. What has
  // to happen within so many working days is due at the end of it.
  absl::CivilDay Add(absl::CivilDay day, int count) const;

  // How many working days lie after `from`, up to and with `to`; 0 where `to` is not later.
  int Between(absl::CivilDay from, absl::CivilDay to) const;

 private:
  struct Version {
    absl::CivilDay from;
    WorkingDays days;
  };
  std::vector<Version> versions_;
};

}  // namespace jinhuan::alliance
