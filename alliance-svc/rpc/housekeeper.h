#pragma once

#include "absl/status/statusor.h"
#include "alliance-svc/storage/stores.h"
#include "platform/clock.h"
#include "platform/db/pool.h"
#include "platform/id.h"
#include "platform/repeater.h"

namespace jinhuan::alliance {

// Deletes, every hour, what has had its time: expired credentials, old wrong passwords, spent
// sign-on tickets, and what the journal says of people who were erased kJournalKept ago. Nothing
// depends on when it does; any number of processes may.
class Housekeeper {
 public:
  // Starts the thread.
  Housekeeper(db::Pool& pool, const Stores& stores, IdSource& ids, const Clock& clock);

  // What the thread does each time; for tests that want it done now. Returns how many rows it
  // deleted or emptied.
  static absl::StatusOr<int> Tidy(db::Pool& pool, const Stores& stores, IdSource& ids,
                                  absl::Time now);

 private:
  const Repeater repeater_;
};

}  // namespace jinhuan::alliance
