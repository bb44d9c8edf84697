#pragma once

#include <thread>

#include "absl/synchronization/mutex.h"
#include "alliance-svc/storage/stores.h"
#include "platform/clock.h"
#include "platform/db/pool.h"

namespace jinhuan::alliance {

// Deletes, every hour, what has had its time: expired credentials and old wrong
// passwords. Nothing depends on when it does; any number of processes may.
class Housekeeper {
 public:
  // Starts the thread.
  Housekeeper(db::Pool& pool, const Stores& stores, const Clock& clock);
  // Stops it.
  ~Housekeeper();
  Housekeeper(const Housekeeper&) = delete;
  Housekeeper& operator=(const Housekeeper&) = delete;

  // What the thread does each time; for tests that want it done now.
  static absl::Status Tidy(db::Pool& pool, const Stores& stores, absl::Time now);

 private:
  void RunUntilStopped();

  db::Pool& pool_;
  const Stores& stores_;
  const Clock& clock_;
  absl::Mutex mutex_;
  bool stop_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace jinhuan::alliance
