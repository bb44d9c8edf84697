#pragma once

#include "absl/status/status.h"
#include "jinhuan/journal/v1/journal.pb.h"
#include "platform/db/connection.h"

namespace jinhuan::meeting {

// What this service keeps of the needs of units and what became of them, fed by resource-svc's
// journal. Thread-safe.
class NeedStore {
 public:
  // Takes over what `entry` says of a need or of its match, in the transaction that
  // `connection` is in; an entry on anything else changes nothing. Entries come in the
  // journal's order; the same one twice leaves the same.
  absl::Status Apply(db::Connection& connection, const journal::v1::Entry& entry) const;
};

}  // namespace jinhuan::meeting
