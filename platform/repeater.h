#pragma once

#include <functional>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "platform/clock.h"

namespace jinhuan {

// Work in the background that is done again and again: on a thread of its own `action` is called
// with the clock's time at once, and again so long after each return as `pause` says (in real
// time), until this is destroyed, which waits for a call under way. An error is logged with
// `what` ("projects"), and the next call comes as ever.
class Repeater {
 public:
  Repeater(std::string what, absl::Duration pause, const Clock& clock,
           std::function<absl::StatusOr<int>(absl::Time now)> action);
  ~Repeater();
  Repeater(const Repeater&) = delete;
  Repeater& operator=(const Repeater&) = delete;

 private:
  void RunUntilStopped();

  const std::string what_;
  const absl::Duration pause_;
  const Clock& clock_;
  const std::function<absl::StatusOr<int>(absl::Time now)> action_;
  absl::Mutex mutex_;
  bool stop_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace jinhuan
