#pragma once

#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "platform/db/pool.h"
#include "resource-svc/storage/window_store.h"

namespace jinhuan::resource {

// Windows with their facilities, read at most once a second each: reading one
// for every booking cost a sixth of the booking. Thread-safe.
//
// What is given out may be a second old when another process changed the window; what this
// one changes counts at once. Nothing is oversold or booked into what is closed by that: room
// is counted by the slots, and new slots are made only by the window as it is (SlotStore).
// What can be a second old is what is said of a window (price, audience, deadlines).
class SupplyCache {
 public:
  SupplyCache(db::Pool& pool, WindowStore& windows) : pool_(pool), windows_(windows) {}

  // NOT_FOUND / RESOURCE_NOT_FOUND when there is no window of that name; that is
  // not remembered.
  absl::StatusOr<std::shared_ptr<const Supply>> Get(const std::string& window, absl::Time now,
                                                    absl::Time deadline);

  // Forgets a window: the next Get reads it.
  void Forget(const std::string& window);

 private:
  struct Entry {
    std::shared_ptr<const Supply> supply;
    absl::Time read_at;
    int64_t changes = 0;  // WindowStore::changes() before it was read
  };

  db::Pool& pool_;
  WindowStore& windows_;
  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, Entry> entries_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace jinhuan::resource
