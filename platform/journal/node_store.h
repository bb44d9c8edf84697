#pragma once

#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "platform/db/connection.h"
#include "platform/journal/tree/merkle.h"

namespace jinhuan::journal {

// The stored complete subtrees.

// Reads one by its key. DATA_LOSS / JOURNAL_DAMAGED where it is missing.
absl::StatusOr<tree::Hash> ReadNode(db::Connection& connection, tree::NodeId id);

// Reads those of a level with an index from `first` to `last`, in order.
absl::Status ReadNodes(db::Connection& connection, int level, int64_t first, int64_t last,
                       absl::FunctionRef<void(tree::NodeId, tree::Hash)> each);

// The right edge of the tree of `size` leaves.
absl::StatusOr<tree::Frontier> ReadFrontier(db::Connection& connection, int64_t size);

// Writes new ones. A node that is there already is an error: nodes never change.
absl::Status WriteNodes(db::Connection& connection,
                        std::vector<std::pair<tree::NodeId, tree::Hash>> nodes);

}  // namespace jinhuan::journal
