#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <optional>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace jinhuan::gateway::http {

// Bounds what answers keep together that their clients have not taken yet: beyond that whoever was
// answered first is cut off, since it has had the most time. Answers up to kFree are not counted:
// the number of connections bounds them. Thread-safe.
class Untaken {
 public:
  static constexpr uint64_t kFree = 64 * 1024;

  explicit Untaken(uint64_t bytes) : most_(bytes) {}

  // What one client has not taken; none when destroyed. The whole must outlive it.
  class Share {
   public:
    explicit Share(Untaken& all) : all_(all) {}
    ~Share() { Release(); }
    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;

    // An answer of `bytes` is on its way. `cut_off` may be called until Release, on any thread;
    // also at once, when the answer is larger than all may be.
    void Hold(uint64_t bytes, std::function<void()> cut_off);
    // It was taken, or is given up.
    void Release();

   private:
    friend class Untaken;
    Untaken& all_;
    // Guarded by all_.mutex_.
    uint64_t bytes_ = 0;
    std::function<void()> cut_off_;
    std::optional<std::list<Share*>::iterator> place_;
  };

 private:
  void Drop(Share& share) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const uint64_t most_;
  absl::Mutex mutex_;
  uint64_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  std::list<Share*> shares_ ABSL_GUARDED_BY(mutex_);  // the oldest first
};

}  // namespace jinhuan::gateway::http
