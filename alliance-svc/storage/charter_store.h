#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "alliance-svc/domain/rotation_record.h"
#include "jinhuan/alliance/v1/charter.pb.h"
#include "platform/api/call.h"
#include "platform/api/page.h"
#include "platform/db/connection.h"
#include "platform/journal/journal.h"

namespace jinhuan::alliance {

// Every statement on the table `charter`. What comes out has `in_force` as it is at
// the `now` that is asked for. Versions never change, so what was read of one stays
// true. Thread-safe.
class CharterStore {
 public:
  explicit CharterStore(journal::Journal& journal) : journal_(journal) {}

  // The version in force at `now`: the last one whose day has come. Every alliance
  // has one. NOT_FOUND / RESOURCE_NOT_FOUND when there is no such alliance.
  absl::StatusOr<v1::Charter> InForce(db::Connection& connection, const std::string& alliance,
                                      absl::Time now) const;

  // The versions that come into force after `time`, in the order in which they do.
  absl::StatusOr<std::vector<chair::ComingCharter>> Coming(db::Connection& connection,
                                                           const std::string& alliance,
                                                           absl::Time time) const;

  // The last version there is, in force or not yet. Errors: as InForce.
  absl::StatusOr<v1::Charter> Last(db::Connection& connection, const std::string& alliance,
                                   absl::Time now) const;

  // A version by its name. NOT_FOUND / RESOURCE_NOT_FOUND when there is none.
  absl::StatusOr<v1::Charter> Get(db::Connection& connection, const std::string& name,
                                  absl::Time now) const;

  // Up to page.limit() versions, the newest first; the page's key is the version.
  absl::StatusOr<std::vector<v1::Charter>> List(db::Connection& connection,
                                                const std::string& alliance, const api::Page& page,
                                                absl::Time now) const;

  // Adds `charter` under its name, in force from `effective` on; the beginning of
  // time will do. ABORTED / ETAG_STALE when that version is there already.
  absl::StatusOr<v1::Charter> Insert(db::Connection& connection, const api::Call& call,
                                     v1::Charter charter, absl::Time effective) const;

  // The ids of up to `limit` alliances that have no charter: those that are older
  // than charters.
  absl::StatusOr<std::vector<std::string>> AlliancesWithout(db::Connection& connection,
                                                            int limit) const;

 private:
  journal::Journal& journal_;
};

}  // namespace jinhuan::alliance
