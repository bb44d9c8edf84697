#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "jinhuan/alliance/v1/alliance.pb.h"
#include "platform/api/call.h"
#include "platform/api/page.h"
#include "platform/db/connection.h"
#include "platform/journal/journal.h"

namespace jinhuan::alliance {

// Every statement on the table `alliance`. What comes out has its counts and
// etag filled in. Thread-safe.
class AllianceStore {
 public:
  explicit AllianceStore(journal::Journal& journal) : journal_(journal) {}

  // NOT_FOUND / RESOURCE_NOT_FOUND when there is none.
  absl::StatusOr<v1::Alliance> Get(db::Connection& connection, const std::string& name) const;

  // As Get, for one that is only named in a request: OK or that error.
  absl::Status Require(db::Connection& connection, const std::string& name) const;

  // Lets whoever adds members on a condition over the others do so one after the
  // other: until the transaction ends the next one waits here. Else as Require.
  absl::Status TakeTurn(db::Connection& connection, const std::string& name) const;

  // Up to page.limit() alliances in the order of their names.
  absl::StatusOr<std::vector<v1::Alliance>> List(db::Connection& connection,
                                                 const api::Page& page) const;

  // Creates `alliance` under its name. ALREADY_EXISTS / ALREADY_EXISTS when the
  // name is taken.
  absl::StatusOr<v1::Alliance> Insert(db::Connection& connection, const api::Call& call,
                                      v1::Alliance alliance) const;

  // Replaces `before`, as it was read, by `after`. Retries the transaction when
  // someone else changed it meanwhile.
  absl::StatusOr<v1::Alliance> Update(db::Connection& connection, const api::Call& call,
                                      const v1::Alliance& before, v1::Alliance after) const;

 private:
  journal::Journal& journal_;
};

}  // namespace jinhuan::alliance
