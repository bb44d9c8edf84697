#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "jinhuan/meeting/v1/request.pb.h"
#include "platform/api/call.h"
#include "platform/journal/journal.h"

namespace jinhuan::meeting {

// The dispatch table of each alliance. Thread-safe.
class DispatchTableStore {
 public:
  explicit DispatchTableStore(journal::Journal& journal) : journal_(journal) {}

  // An empty table with etag "0" where none was set.
  absl::StatusOr<v1::DispatchTable> Get(db::Connection& connection, const std::string& alliance);

  // Replaces the rules. ABORTED / ETAG_STALE unless `sent` has the etag of what is there.
  absl::StatusOr<v1::DispatchTable> Put(db::Connection& connection, const api::Call& call,
                                        const std::string& alliance, const v1::DispatchTable& sent);

 private:
  journal::Journal& journal_;
};

}  // namespace jinhuan::meeting
