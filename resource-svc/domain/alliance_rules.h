#pragma once

#include <vector>

#include "absl/time/civil_time.h"
#include "alliance-svc/facts/working_calendar.h"
#include "jinhuan/alliance/v1/charter.pb.h"

namespace jinhuan::resource {

// How much may be booked in all facilities of an alliance together, over the versions of its
// charter: each day goes by the one that is in force on it. Without a charter, anything.
class CharterQuotas {
 public:
  // `charters` are the versions of one alliance, ascending.
  explicit CharterQuotas(const std::vector<alliance::v1::Charter>& charters = {});

  // Those in force on `day`; nothing without a charter.
  const std::vector<alliance::v1::BookingQuota>& On(absl::CivilDay day) const;

 private:
  struct Version {
    absl::CivilDay from;
    std::vector<alliance::v1::BookingQuota> quotas;
  };
  std::vector<Version> versions_;
};

// What an alliance's charter says of bookings.
struct AllianceRules {
  explicit AllianceRules(const std::vector<alliance::v1::Charter>& charters = {})
      : days(charters), quotas(charters) {}

  alliance::WorkingCalendar days;
  CharterQuotas quotas;
};

}  // namespace jinhuan::resource
