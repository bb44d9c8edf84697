#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jinhuan/journal/v1/journal.pb.h"
#include "jinhuan/meeting/v1/handover.pb.h"
#include "platform/api/call.h"
#include "platform/db/connection.h"
#include "platform/journal/journal.h"

namespace jinhuan::meeting {

// Which handover, by the parts of its name.
struct HandoverKey {
  std::string alliance_id;
  std::string id;  // the first day of the new term

  std::string alliance() const { return "alliances/" + alliance_id; }
  std::string name() const { return alliance() + "/handovers/" + id; }
};

// Handovers: who hands over to whom follows from the chair terms; what was signed is kept
// here. Thread-safe.
class HandoverStore {
 public:
  explicit HandoverStore(journal::Journal& journal) : journal_(journal) {}

  // A handover without its checklist, unless both have signed it. What was signed between two
  // other units, before a swap, is void; it stays in the journal. NOT_FOUND /
  // RESOURCE_NOT_FOUND where no such term begins, or none is before it.
  absl::StatusOr<v1::Handover> Get(db::Connection& connection, const HandoverKey& key,
                                   absl::Time now) const;

  // Up to `limit` handovers of terms that begin before `before`, the latest first, none that
  // begins after the next one.
  absl::StatusOr<std::vector<v1::Handover>> List(db::Connection& connection,
                                                 const std::string& alliance, absl::Time before,
                                                 int limit, absl::Time now) const;

  // The first statement of a transaction that changes a handover: others wait.
  absl::Status Claim(db::Connection& connection, const HandoverKey& key) const;

  // Keeps `after`, which was changed since Claim, and journals the change.
  absl::Status Put(db::Connection& connection, const api::Call& call, const HandoverKey& key,
                   const v1::Handover& before, const v1::Handover& after) const;

  // Takes over that a chair term changed: from it on the clock looks at the handovers again, as
  // units that others signed with may have come into them. Any other entry changes nothing.
  absl::Status Apply(db::Connection& connection, const journal::v1::Entry& entry) const;

  // Notes that the clock has no more to do with a handover, which was claimed.
  absl::Status Close(db::Connection& connection, const HandoverKey& key) const;

  // Up to `limit` handovers whose term began in the last 30 days, and that neither both have
  // signed nor the street was told of.
  absl::StatusOr<std::vector<HandoverKey>> Late(db::Connection& connection, absl::Time now,
                                                int limit) const;

 private:
  journal::Journal& journal_;
};

}  // namespace jinhuan::meeting
