#pragma once

#include "absl/status/status.h"
#include "alliance-svc/storage/stores.h"
#include "platform/clock.h"
#include "platform/db/pool.h"
#include "platform/id.h"

namespace jinhuan::alliance {

// What the service does before it serves, so that rows of older releases are as
// this one expects them. Each is done in small transactions, does nothing where
// there is nothing to do, and may run in several processes at once.

// Gives each alliance without a charter its version 1. Done here and not in a
// migration because a charter belongs into the journal, where other services learn
// of it; and not when it is first asked for, because then reading would write.
absl::Status WriteFirstCharters(db::Pool& pool, const Stores& stores, IdSource& ids,
                                const Clock& clock);

// Makes the sort keys and initials of members that another version of ICU made, or an
// older release did not know. They are no part of the member, so the journal tells
// nothing of it.
absl::Status ResortMembers(db::Pool& pool, const Stores& stores);

}  // namespace jinhuan::alliance
