#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "platform/db/connection.h"
#include "platform/id.h"
#include "platform/journal/tree/hasher.h"

namespace jinhuan::journal {

// The one row that says how far the journal is.
struct Head {
  int64_t size = 0;       // how many entries are sealed
  int64_t tree_size = 0;  // how many of them are in the tree; all, but for those from before it
  int64_t indexed = 0;    // how many of these can be looked up by what they say; as above
  tree::Algorithm algorithm = tree::Algorithm::kSm3;
  std::string log_id;  // a UUID
};

// Makes this connection's transaction the only one that seals, until its end.
absl::Status FenceHead(db::Connection& connection);

// Reads the head. In a journal that was never sealed it first fixes `algorithm`
// and a new id; of several that try, one does.
absl::StatusOr<Head> ReadHead(db::Connection& connection, IdSource& ids, tree::Algorithm algorithm);

// How many entries are sealed.
absl::StatusOr<int64_t> ReadSize(db::Connection& connection);

// Writes the sizes; only behind the fence.
absl::Status WriteSizes(db::Connection& connection, const Head& head);

}  // namespace jinhuan::journal
