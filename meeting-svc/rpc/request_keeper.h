#pragma once

#include <thread>

#include "absl/synchronization/mutex.h"
#include "meeting-svc/storage/request_store.h"
#include "platform/clock.h"
#include "platform/db/pool.h"
#include "platform/id.h"

namespace jinhuan::meeting {

// Archives requests when their time has come. Any number of processes may: each counts up a
// row first, so they take turns, and every request is moved by compare-and-swap, so once.
class RequestKeeper {
 public:
  struct Deps {
    db::Pool& pool;
    RequestStore& requests;
    IdSource& ids;
    const Clock& clock;
  };

  // Starts the thread, which looks every half a minute.
  explicit RequestKeeper(const Deps& deps);
  // Stops it.
  ~RequestKeeper();
  RequestKeeper(const RequestKeeper&) = delete;
  RequestKeeper& operator=(const RequestKeeper&) = delete;

  // What the thread does each time, until nothing is due; for tests that want it done now.
  // Returns how many requests it archived.
  static absl::StatusOr<int> Keep(const Deps& deps, absl::Time now);

 private:
  void RunUntilStopped();

  const Deps deps_;
  absl::Mutex mutex_;
  bool stop_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace jinhuan::meeting
