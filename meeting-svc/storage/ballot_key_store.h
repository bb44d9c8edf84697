#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "meeting-svc/domain/blind_signature.h"
#include "meeting-svc/storage/ballot_id.h"
#include "platform/db/connection.h"

namespace jinhuan::meeting {

// The private keys of secret ballots, while papers are drawn. In the database they are
// sealed with `secret`, 32 bytes that are not in it, so that who reads or writes tables
// can make no papers. Thread-safe.
class BallotKeyStore {
 public:
  explicit BallotKeyStore(std::string secret) : secret_(std::move(secret)) {}

  absl::Status Keep(db::Connection& connection, const BallotId& ballot, const BallotKey& key) const;

  // INTERNAL when there is none, or it was sealed with another secret.
  absl::StatusOr<BallotKey> Get(db::Connection& connection, const BallotId& ballot) const;

  // Destroys it; nothing where there is none.
  absl::Status Destroy(db::Connection& connection, const BallotId& ballot) const;

 private:
  const std::string secret_;
};

}  // namespace jinhuan::meeting
