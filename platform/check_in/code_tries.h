#pragma once

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace jinhuan {

// Bounds how often someone may guess: of a million codes, kTries in kPause for each name in each
// process. Thread-safe.
class CodeTries {
 public:
  static constexpr int kTries = 5;
  static constexpr absl::Duration kPause = absl::Minutes(5);

  enum class Outcome { kRight, kWrong, kUsedUp };

  // Asks whether the try is right, unless `name` has used up its tries, and counts it where it is
  // not: in one, so that many at once are not more tries than one after another.
  Outcome Try(const std::string& name, absl::Time now, absl::FunctionRef<bool()> is_right) {
    absl::MutexLock lock(&mutex_);
    const auto found = wrong_.find(name);
    const bool counted = found != wrong_.end() && now < found->second.until;
    if (counted && found->second.count >= kTries) return Outcome::kUsedUp;
    if (is_right()) return Outcome::kRight;
    if (wrong_.size() >= kMaxNames) Forget(now);
    Wrong& wrong = wrong_[name];
    if (now >= wrong.until) wrong = {0, now + kPause};
    ++wrong.count;
    return Outcome::kWrong;
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
