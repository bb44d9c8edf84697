#pragma once

#include "platform/clock.h"
#include "platform/db/pool.h"
#include "platform/id.h"
#include "platform/repeater.h"
#include "resource-svc/storage/pass_store.h"

namespace jinhuan::resource {

// Journals that the clock ended a pass, so that whoever has it is told. Readers and whoever decides
// see the same at once. Any number of processes may: each pass is claimed in the transaction of its
// entry, so once.
class PassKeeper {
 public:
  struct Deps {
    db::Pool& pool;
    PassStore& passes;
    IdSource& ids;
    const Clock& clock;
  };

  // Starts the thread, which looks every half a minute.
  explicit PassKeeper(const Deps& deps);

  // What the thread does each time, until nothing is due; for tests that want it done now.
  // Returns how many passes it told of.
  static absl::StatusOr<int> Keep(const Deps& deps, absl::Time now);

 private:
  const Repeater repeater_;
};

}  // namespace jinhuan::resource
