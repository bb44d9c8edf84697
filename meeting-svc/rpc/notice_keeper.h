#pragma once

#include "meeting-svc/storage/notice_store.h"
#include "platform/clock.h"
#include "platform/db/pool.h"
#include "platform/repeater.h"

namespace jinhuan::meeting {

// Deletes, every hour, the notices that have had their half a year, and what was read of them.
// Any number of processes may.
class NoticeKeeper {
 public:
  // Starts the thread.
  NoticeKeeper(db::Pool& pool, const NoticeStore& notices, const Clock& clock);

  // What the thread does each time. Returns how many rows it deleted.
  static absl::StatusOr<int> Keep(db::Pool& pool, const NoticeStore& notices, absl::Time now);

 private:
  const Repeater repeater_;
};

}  // namespace jinhuan::meeting
