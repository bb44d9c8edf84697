#include "platform/clock.h"

#include <atomic>
#include <fstream>

#include "absl/flags/flag.h"
#include "absl/time/clock.h"

ABSL_FLAG(std::string, test_clock_file, "",
          "For tests alone: a file with the number of seconds by which the clock is ahead of the "
          "machine's, read whenever the time is asked for; empty: it is the machine's");

namespace jinhuan {
namespace {

class SystemClock final : public Clock {
 public:
  absl::Time Now() const override { return absl::Now(); }
};

// A clock that a test moves: what it says is all that rules ever learn of the time.
class MovedClock final : public Clock {
 public:
  explicit MovedClock(std::string path) : path_(std::move(path)) {}
  absl::Time Now() const override {
    // What cannot be read leaves it where it was.
    int64_t seconds = 0;
    if (std::ifstream(path_) >> seconds) seconds_ = seconds;
    return absl::Now() + absl::Seconds(seconds_.load());
  }

 private:
  const std::string path_;
  mutable std::atomic<int64_t> seconds_ = 0;
};

const Clock* NewClock() {
  const std::string path = absl::GetFlag(FLAGS_test_clock_file);
  if (path.empty()) return new SystemClock;
  return new MovedClock(path);
}

}  // namespace

const Clock& Clock::System() {
  static const Clock* const clock = NewClock();
  return *clock;
}

}  // namespace jinhuan
