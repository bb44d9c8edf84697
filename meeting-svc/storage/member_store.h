#pragma once

#include "absl/status/status.h"
#include "jinhuan/journal/v1/journal.pb.h"
#include "platform/db/connection.h"

namespace jinhuan::meeting {

// What this service keeps of the alliances' members, fed by alliance-svc's
// journal. Thread-safe.
class MemberStore {
 public:
  // Takes over what `entry` says of a member, in the transaction that
  // `connection` is in; an entry on anything else changes nothing. Entries come
  // in the journal's order; the same one twice leaves the same.
  absl::Status Apply(db::Connection& connection, const journal::v1::Entry& entry);
};

}  // namespace jinhuan::meeting
