#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "jinhuan/meeting/v1/ballot.pb.h"
#include "meeting-svc/storage/ballot_id.h"
#include "platform/db/connection.h"

namespace jinhuan::meeting {

// The boxes of secret ballots. Nothing here ever hears of a unit or a caller.
// Thread-safe.
class PaperStore {
 public:
  // Puts a valid paper in; the same with the same vote again changes nothing.
  // FAILED_PRECONDITION / PAPER_USED when it is there with another vote.
  absl::Status Put(db::Connection& connection, const BallotId& ballot,
                   const v1::Paper& paper) const;

  // Adds the papers in the box to a count.
  absl::Status Count(db::Connection& connection, const BallotId& ballot,
                     v1::BallotCount& count) const;

  // Up to `limit` papers whose token comes after `after`.
  absl::StatusOr<std::vector<v1::Paper>> List(db::Connection& connection, const BallotId& ballot,
                                              const std::string& after, int limit) const;

  // SHA-256 of all papers (DigestOf).
  absl::StatusOr<std::string> Digest(db::Connection& connection, const BallotId& ballot) const;

  // Burns what is in the box of a ballot that is called off.
  absl::Status Drop(db::Connection& connection, const BallotId& ballot) const;
};

}  // namespace jinhuan::meeting
