#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/api/call.h"
#include "platform/db/connection.h"
#include "platform/journal/journal.h"

namespace jinhuan::alliance {

// How long the journal keeps what it says of a person who was erased. Records of a network's
// running are kept for six months (Cybersecurity Law, Article 21); where a term that a law sets is
// not over, personal data may be stored and nothing else (Personal Information Protection Law,
// Article 47).
inline constexpr absl::Duration kJournalKept = absl::Hours(24 * 183);

// Every statement on the table `journal_erasure`: whose entries in the journal are still to lose
// their content. Thread-safe.
class JournalErasureStore {
 public:
  explicit JournalErasureStore(journal::Journal& journal) : journal_(journal) {}

  // Part of erasing the account: kJournalKept from now on.
  absl::Status Ask(db::Connection& connection, const api::Call& call, const std::string& user,
                   const std::string& reason) const;

  // Up to `limit` users who are due, `users/…`, who is due longest first.
  absl::StatusOr<std::vector<std::string>> Due(db::Connection& connection, absl::Time now,
                                               int limit) const;

  // Erases the content of a user's entries and of those on the user's links. Who has more of them
  // than one transaction takes stays due.
  absl::Status Erase(db::Connection& connection, const api::Call& call,
                     const std::string& user) const;

 private:
  journal::Journal& journal_;
};

}  // namespace jinhuan::alliance
