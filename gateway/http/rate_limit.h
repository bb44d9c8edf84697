#pragma once

#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "platform/clock.h"

namespace jinhuan::gateway::http {

// A token bucket per source address, or per any other name of who calls. Thread-safe.
class RateLimit {
 public:
  // `burst` attempts at once, refilled at `per_minute` (10 / 60.0: ten an hour); both
  // above 0.
  RateLimit(int burst, double per_minute, const Clock& clock)
      : burst_(burst), per_minute_(per_minute), clock_(clock) {}

  // Takes one attempt of `caller`, an address (by SourceOf: IPv6 counts as its /64) or another
  // name. RESOURCE_EXHAUSTED / RATE_LIMITED when none is left.
  absl::Status Take(std::string_view caller);

  // How many are remembered; those with a full bucket are forgotten.
  size_t size() const;

 private:
  struct Bucket {
    double left;
    absl::Time as_of;
  };
  double LeftAt(const Bucket& bucket, absl::Time now) const;

  const double burst_;
  const double per_minute_;
  const Clock& clock_;
  mutable absl::Mutex mutex_;
  absl::flat_hash_map<std::string, Bucket> buckets_ ABSL_GUARDED_BY(mutex_);
  size_t sweep_at_ ABSL_GUARDED_BY(mutex_) = 1024;
};

}  // namespace jinhuan::gateway::http
