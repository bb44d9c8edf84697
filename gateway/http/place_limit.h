#pragma once

#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"

namespace jinhuan::gateway::http {

// Bounds how many streams one caller has open, or how many connections one address, so
// that none takes the places of all others. Thread-safe.
class PlaceLimit {
 public:
  // Each has `each` of them, and everybody together `all`.
  explicit PlaceLimit(int each, int all = std::numeric_limits<int>::max())
      : each_(each), all_(all) {}

  // A place of one caller's; gives it back when destroyed. The limit must outlive it.
  class Place {
   public:
    Place(PlaceLimit& limit, std::string caller) : limit_(&limit), caller_(std::move(caller)) {}
    Place(Place&& other) noexcept
        : limit_(std::exchange(other.limit_, nullptr)), caller_(std::move(other.caller_)) {}
    Place& operator=(Place&&) = delete;
    ~Place() {
      if (limit_ != nullptr) limit_->GiveBack(caller_);
    }

   private:
    PlaceLimit* limit_;
    std::string caller_;
  };

  // Nothing when `caller` has all its places, or all are taken.
  std::optional<Place> Take(const std::string& caller);

  // How many callers have a place.
  size_t size() const;

 private:
  void GiveBack(const std::string& caller);

  const int each_;
  const int all_;
  mutable absl::Mutex mutex_;
  int taken_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::flat_hash_map<std::string, int> open_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace jinhuan::gateway::http
