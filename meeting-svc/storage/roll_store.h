#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "meeting-svc/storage/ballot_id.h"
#include "meeting-svc/storage/floor_store.h"
#include "platform/db/connection.h"

namespace jinhuan::meeting {

// The rolls of ballots. Whoever changes one has updated the ballot's row first, in the
// same transaction. Thread-safe.
class RollStore {
 public:
  // Writes the roll of a new ballot.
  absl::Status Make(db::Connection& connection, const BallotId& ballot,
                    const std::vector<v1::Elector>& roll) const;

  // A unit on the roll. FAILED_PRECONDITION / NOT_ENTITLED when it is not there.
  struct Entry {
    v1::Elector elector;
    std::string blinded;  // SHA-256 of the blinded message that was signed; empty before
  };
  absl::StatusOr<Entry> Get(db::Connection& connection, const BallotId& ballot,
                            const std::string& member_id) const;

  // Up to `limit` units whose id comes after `after_member_id`, as they are stored.
  absl::StatusOr<std::vector<v1::Elector>> List(db::Connection& connection, const BallotId& ballot,
                                                const std::string& after_member_id,
                                                int limit) const;

  absl::Status SetChoice(db::Connection& connection, const BallotId& ballot,
                         const std::string& member_id, v1::Choice choice, absl::Time now) const;

  // Marks that the unit has drawn its paper; RetryTransaction() if it had.
  absl::Status SetDrawn(db::Connection& connection, const BallotId& ballot,
                        const std::string& member_id, const std::string& blinded) const;

  // Keeps who is present, for evidence.
  absl::Status KeepPresence(db::Connection& connection, const BallotId& ballot,
                            const std::vector<v1::Elector>& roll) const;
};

}  // namespace jinhuan::meeting
