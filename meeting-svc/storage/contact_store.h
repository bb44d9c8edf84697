#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "jinhuan/journal/v1/journal.pb.h"
#include "jinhuan/meeting/v1/handover.pb.h"
#include "platform/db/connection.h"

namespace jinhuan::meeting {

// What this service keeps of whom to call in a unit, fed by alliance-svc's journal: titles, and
// numbers as everyone may see them. Thread-safe.
class ContactStore {
 public:
  // Takes over what `entry` says of a unit, in the transaction that `connection` is in; an entry on
  // anything else changes nothing. Of a unit that is none any more nothing is kept.
  absl::Status Apply(db::Connection& connection, const journal::v1::Entry& entry) const;

  // Those of the units of an alliance, by the unit's id, the liaison first.
  absl::StatusOr<std::map<std::string, std::vector<v1::HandoverContact>>> Of(
      db::Connection& connection, const std::string& alliance) const;
};

}  // namespace jinhuan::meeting
