#pragma once

#include "meeting-svc/storage/request_store.h"
#include "platform/clock.h"
#include "platform/db/pool.h"
#include "platform/id.h"
#include "platform/repeater.h"

namespace jinhuan::meeting {

// Does what the clock does to requests: marks as overdue what is not resolved in time, and archives
// what is done when its time has come. Any number of processes may: a request is moved by
// compare-and-swap, so once.
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

  // What the thread does each time, until nothing is due; for tests that want it done now.
  // Returns how many requests it marked or archived.
  static absl::StatusOr<int> Keep(const Deps& deps, absl::Time now);

 private:
  const Repeater repeater_;
};

}  // namespace jinhuan::meeting
