#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "jinhuan/alliance/v1/rotation.pb.h"
#include "platform/api/page.h"
#include "platform/db/connection.h"

namespace jinhuan::alliance {

// Every statement on the table `unavailability`. Who writes has claimed the alliance's row
// of `rotation`. Thread-safe.
class UnavailabilityStore {
 public:
  // One that was not taken back. NOT_FOUND / RESOURCE_NOT_FOUND when there is none.
  absl::StatusOr<v1::Unavailability> Get(db::Connection& connection, const std::string& name) const;

  // All that were not taken back and end after `day`, by their beginning.
  absl::StatusOr<std::vector<v1::Unavailability>> ReadFrom(db::Connection& connection,
                                                           const std::string& alliance,
                                                           absl::CivilDay day) const;

  // As ReadFrom, up to page.limit() of them; only those of `member` unless it is empty.
  // PageKey says what comes after one.
  absl::StatusOr<std::vector<v1::Unavailability>> List(db::Connection& connection,
                                                       const std::string& alliance,
                                                       absl::CivilDay day,
                                                       const std::string& member,
                                                       const api::Page& page) const;
  static std::vector<std::string> PageKey(const v1::Unavailability& declared);
  static constexpr size_t kPageColumns = 2;

  // Whether one of `member` may keep it away at some time in [from, until), to the day: in
  // whatever zone the alliance is.
  absl::StatusOr<bool> MayMeet(db::Connection& connection, const std::string& member,
                               absl::Time from, absl::Time until) const;

  // How many deferrals of `cycle` a unit has, with those that were taken back too late.
  absl::StatusOr<int64_t> CountDeferrals(db::Connection& connection, const std::string& member,
                                         int cycle) const;

  // Adds one; `deferral_cycle` is the cycle that it counts as a deferral of, 0 for none.
  absl::Status Insert(db::Connection& connection, const v1::Unavailability& declared,
                      int deferral_cycle) const;

  // Takes one back. It counts as a deferral no more, unless `still_counts`.
  absl::Status Cancel(db::Connection& connection, const std::string& name, bool still_counts) const;
};

}  // namespace jinhuan::alliance
