#pragma once

#include <optional>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"

namespace jinhuan::gateway {

// Bounds how many streams one caller has open, so that none takes the places of all
// others. Thread-safe.
class StreamLimit {
 public:
  explicit StreamLimit(int each) : each_(each) {}

  // A place of one caller's; gives it back when destroyed. The limit must outlive it.
  class Place {
   public:
    Place(StreamLimit& limit, std::string caller) : limit_(&limit), caller_(std::move(caller)) {}
    Place(Place&& other) noexcept
        : limit_(std::exchange(other.limit_, nullptr)), caller_(std::move(other.caller_)) {}
    Place& operator=(Place&&) = delete;
    ~Place() {
      if (limit_ != nullptr) limit_->GiveBack(caller_);
    }

   private:
    StreamLimit* limit_;
    std::string caller_;
  };

  // Nothing when `caller` has all its places.
  std::optional<Place> Take(const std::string& caller);

  // How many callers have a stream open.
  size_t size() const;

 private:
  void GiveBack(const std::string& caller);

  const int each_;
  mutable absl::Mutex mutex_;
  absl::flat_hash_map<std::string, int> open_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace jinhuan::gateway
