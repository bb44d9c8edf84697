#pragma once

#include "meeting-svc/storage/handover_store.h"
#include "platform/clock.h"
#include "platform/db/pool.h"
#include "platform/id.h"
#include "platform/repeater.h"

namespace jinhuan::meeting {

// Tells the street, once, of each handover whose term began before both sides had signed. Any
// number of processes may: each claims the handover's row first.
class HandoverKeeper {
 public:
  struct Deps {
    db::Pool& pool;
    const HandoverStore& handovers;
    IdSource& ids;
    const Clock& clock;
  };

  // Starts the thread, which looks every ten seconds.
  explicit HandoverKeeper(const Deps& deps);

  // What the thread does each time. Returns how many it told of.
  static absl::StatusOr<int> Keep(const Deps& deps, absl::Time now);

 private:
  const Repeater repeater_;
};

}  // namespace jinhuan::meeting
