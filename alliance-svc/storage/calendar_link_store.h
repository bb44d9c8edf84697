#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "jinhuan/alliance/v1/calendar_service.pb.h"
#include "platform/api/call.h"
#include "platform/db/connection.h"
#include "platform/journal/journal.h"

namespace jinhuan::alliance {

// A calendar link that was found by its token.
struct FoundLink {
  std::string user;          // users/…
  bool read_before = false;  // in the hour of `now`
};

// Every statement on the table `calendar_link`: at most one link for each user, its
// token kept as CredentialHash alone. Thread-safe.
class CalendarLinkStore {
 public:
  explicit CalendarLinkStore(journal::Journal& journal) : journal_(journal) {}

  // The user's link, without its path; nothing when there is none.
  absl::StatusOr<std::optional<v1::CalendarLink>> Find(db::Connection& connection,
                                                       const std::string& user) const;

  // Makes the caller's link; one that was there ends.
  absl::StatusOr<v1::CalendarLink> Replace(db::Connection& connection, const api::Call& call,
                                           const std::string& token_hash) const;

  // Ends the caller's link; to have none changes nothing.
  absl::Status Revoke(db::Connection& connection, const api::Call& call) const;

  // Ends the user's link. Part of another change, which stands in the journal.
  absl::Status Delete(db::Connection& connection, const std::string& user) const;

  // Whose link has this token; nothing when none has.
  absl::StatusOr<std::optional<FoundLink>> FindByToken(db::Connection& connection,
                                                       const std::string& token_hash,
                                                       absl::Time now) const;

  // Notes that a program read the link in the hour of `now`.
  absl::Status NoteRead(db::Connection& connection, const std::string& token_hash,
                        absl::Time now) const;

 private:
  journal::Journal& journal_;
};

}  // namespace jinhuan::alliance
