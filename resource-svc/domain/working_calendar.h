#pragma once

#include <set>
#include <vector>

#include "absl/time/civil_time.h"
#include "jinhuan/alliance/v1/charter.pb.h"
#include "jinhuan/resource/v1/facility.pb.h"

namespace jinhuan::resource {

// Which days people work, day by day by the holiday table of the charter that is in force on
// it: Monday to Friday without holidays, and with the weekend days that are worked in
// exchange (调休). Without a charter only weekends count.
class WorkingCalendar {
 public:
  // `charters` are the versions of one alliance, ascending.
  explicit WorkingCalendar(const std::vector<alliance::v1::Charter>& charters = {});

  bool IsWorkingDay(absl::CivilDay day) const;

  // Whether a day is one of `kind`.
  bool Is(v1::DayKind kind, absl::CivilDay day) const;

 private:
  struct Version {
    absl::CivilDay from;
    std::set<absl::CivilDay> holidays;
    std::set<absl::CivilDay> worked;
  };
  std::vector<Version> versions_;
};

}  // namespace jinhuan::resource
