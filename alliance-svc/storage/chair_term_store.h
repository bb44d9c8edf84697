#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jinhuan/alliance/internal/v1/rotation.pb.h"
#include "platform/api/page.h"
#include "platform/db/connection.h"

namespace jinhuan::alliance {

// Every statement on the table `chair_term`: published terms, as they are stored. Who
// writes has claimed the alliance's row of `rotation`. Thread-safe.
class ChairTermStore {
 public:
  // All terms of an alliance, in order of time.
  absl::StatusOr<std::vector<internal::v1::StoredTerm>> ReadAll(db::Connection& connection,
                                                                const std::string& alliance) const;

  // The first `limit` terms that end after `time`, in order of time.
  absl::StatusOr<std::vector<internal::v1::StoredTerm>> EndingAfter(db::Connection& connection,
                                                                    const std::string& alliance,
                                                                    absl::Time time,
                                                                    int limit) const;

  // The names of up to page.limit() terms that end after `end_after`, in order of time;
  // only those of `member` unless it is empty. PageKey says what comes after a term.
  absl::StatusOr<std::vector<std::string>> List(db::Connection& connection,
                                                const std::string& alliance, absl::Time end_after,
                                                const std::string& member,
                                                const api::Page& page) const;
  static std::vector<std::string> PageKey(absl::Time end);

  absl::Status Insert(db::Connection& connection, const internal::v1::StoredTerm& term) const;
  // Replaces the version before the one that the term's etag tells.
  absl::Status Update(db::Connection& connection, const internal::v1::StoredTerm& term) const;
  absl::Status Delete(db::Connection& connection, const std::string& name) const;
};

}  // namespace jinhuan::alliance
