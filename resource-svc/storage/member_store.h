#pragma once

#include <map>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "jinhuan/alliance/v1/alliance.pb.h"
#include "jinhuan/journal/v1/journal.pb.h"
#include "platform/db/connection.h"
#include "resource-svc/domain/alliance_rules.h"

namespace jinhuan::resource {

// What this service keeps of the alliances' members and charters, fed by alliance-svc's
// journal. Thread-safe.
class MemberStore {
 public:
  // Takes over what `entry` says of a member or a charter, in the transaction that
  // `connection` is in; an entry on anything else changes nothing. Entries come in the
  // journal's order; the same one twice leaves the same.
  absl::Status Apply(db::Connection& connection, const journal::v1::Entry& entry);

  // A member as far as it is kept: name, display name, tier, sector and state. NOT_FOUND /
  // RESOURCE_NOT_FOUND when there is none.
  absl::StatusOr<alliance::v1::Member> Get(db::Connection& connection, const std::string& name);

  // What the units of an alliance are called, by id; of an alliance of more than 10,000 the
  // first.
  using Names = std::map<std::string, std::string>;
  absl::StatusOr<Names> NamesOf(db::Connection& connection, const std::string& alliance);

  // Whether there is a member of that name, and it is active.
  absl::StatusOr<bool> IsActive(db::Connection& connection, const std::string& name);

  // As Get; FAILED_PRECONDITION / STATE_WRONG unless it is active.
  absl::Status CheckActive(db::Connection& connection, const std::string& name);

  // What the charter of an alliance says of bookings.
  static absl::StatusOr<std::shared_ptr<const AllianceRules>> Rules(db::Connection& connection,
                                                                    const std::string& alliance);
};

}  // namespace jinhuan::resource
