#include "platform/repeater.h"

#include <utility>

#include "platform/log.h"

namespace jinhuan {

Repeater::Repeater(std::string what, absl::Duration pause, const Clock& clock,
                   std::function<absl::StatusOr<int>(absl::Time now)> action)
    : what_(std::move(what)),
      pause_(pause),
      clock_(clock),
      action_(std::move(action)),
      thread_([this] { RunUntilStopped(); }) {}

Repeater::~Repeater() {
  {
    absl::MutexLock lock(&mutex_);
    stop_ = true;
  }
  thread_.join();
}

void Repeater::RunUntilStopped() {
  for (;;) {
    const absl::StatusOr<int> done = action_(clock_.Now());
    if (!done.ok()) {
      log::Warning("background work failed",
                   {{"what", what_}, {"status", done.status().ToString()}});
    }
    absl::MutexLock lock(&mutex_);
    if (mutex_.AwaitWithTimeout(absl::Condition(&stop_), pause_)) return;
  }
}

}  // namespace jinhuan
