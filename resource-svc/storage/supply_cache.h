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
// Nothing that decides can be out of date: windows do not change, nor do the kind
// and the zone of a facility, and room is counted elsewhere (SlotStore). What can
// is what the facility is called, by a second. Once windows can change, the
// transaction that books must check the version that it was given here.
class SupplyCache {
 public:
  SupplyCache(db::Pool& pool, WindowStore& windows) : pool_(pool), windows_(windows) {}

  // NOT_FOUND / RESOURCE_NOT_FOUND when there is no window of that name; that is
  // not remembered.
  absl::StatusOr<std::shared_ptr<const Supply>> Get(const std::string& window, absl::Time now,
                                                    absl::Time deadline);

 private:
  struct Entry {
    std::shared_ptr<const Supply> supply;
    absl::Time read_at;
  };

  db::Pool& pool_;
  WindowStore& windows_;
  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, Entry> entries_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace jinhuan::resource
