#pragma once

#include "alliance-svc/storage/stores.h"
#include "platform/clock.h"
#include "platform/db/pool.h"
#include "platform/id.h"
#include "platform/repeater.h"

namespace jinhuan::alliance {

// Records what the clock does to rotations: terms that begin and end, stand-ins for units
// that can't act, swaps that expire. Readers compute the same from the clock at once, so
// nothing depends on how soon it is recorded but those who follow the journal. Any number
// of processes may: each claims the rotation first, and finds done what another did.
class RotationKeeper {
 public:
  // Starts the thread, which looks every second.
  RotationKeeper(db::Pool& pool, const Stores& stores, IdSource& ids, const Clock& clock);

  // What the thread does each time; for tests that want it done now. Returns how many
  // rotations it brought up to date; one that fails is logged, stays due, and keeps no
  // other waiting.
  static absl::StatusOr<int> Keep(db::Pool& pool, const Stores& stores, IdSource& ids,
                                  absl::Time now);

 private:
  const Repeater repeater_;
};

}  // namespace jinhuan::alliance
