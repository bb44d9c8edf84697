#pragma once

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace jinhuan {

// Bounds how often someone may guess: of a million codes, kTries in kPause for each name in each
// process. Thread-safe.
class CodeTries {
 public:
  static constexpr int kTries = 5;
  static constexpr absl::Duration kPause = absl::Minutes(5);

  // Whether `name` may try now.
  bool MayTry(const std::string& name, absl::Time now) {
    absl::MutexLock lock(&mutex_);
    const auto found = wrong_.find(name);
    return found == wrong_.end() || found->second.count < kTries || now >= found->second.until;
  }

  // Counts a wrong one.
  void CountWrong(const std::string& name, absl::Time now) {
    absl::MutexLock lock(&mutex_);
    if (wrong_.size() >= kMaxNames) Forget(now);
    Wrong& wrong = wrong_[name];
    if (now >= wrong.until) wrong = {0, now + kPause};
    ++wrong.count;
  }

 private:
  static constexpr size_t kMaxNames = 10'000;
  struct Wrong {
    int count = 0;
    absl::Time until = absl::InfinitePast();
  };

  void Forget(absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    absl::erase_if(wrong_, [now](const auto& each) { return now >= each.second.until; });
  }

  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, Wrong> wrong_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace jinhuan
