#include "platform/journal/node_store.h"

#include <fmt/format.h>

#include <algorithm>

#include "platform/db/bulk_insert.h"
#include "platform/journal/reason.h"
#include "platform/status/status_macros.h"

namespace jinhuan::journal {
namespace {

const db::Query kRead("SELECT hash FROM journal_node WHERE level = ? AND node_index = ?",
                      "PRIMARY");
const db::Query kReadSome(
    "SELECT node_index, hash FROM journal_node "
    "WHERE level = ? AND node_index >= ? AND node_index <= ? ORDER BY node_index",
    "PRIMARY");
const db::BulkInsert kWrite("INSERT INTO journal_node (level, node_index, hash) VALUES",
                            "(?, ?, ?)");

}  // namespace

absl::StatusOr<tree::Hash> ReadNode(db::Connection& connection, tree::NodeId id) {
  absl::StatusOr<tree::Hash> hash = tree::Hash();
  JH_RETURN_IF_ERROR(
      connection
          .Select(kRead, {id.level, id.index}, [&](const db::Row& row) { *hash = row.Text(0); })
          .status());
  if (hash->empty()) {
    return Damaged(fmt::format("node {}/{}", id.level, id.index));
  }
  return hash;
}

absl::Status ReadNodes(db::Connection& connection, int level, int64_t first, int64_t last,
                       absl::FunctionRef<void(tree::NodeId, tree::Hash)> each) {
  return connection
      .Select(kReadSome, {level, first, last},
              [&](const db::Row& row) {
                each({level, row.Int(0)}, row.Text(1));
              })
      .status();
}

absl::StatusOr<tree::Frontier> ReadFrontier(db::Connection& connection, int64_t size) {
  std::vector<tree::Hash> peaks;
  for (const tree::NodeId id : tree::Subtrees({0, size})) {
    JH_ASSIGN_OR_RETURN(tree::Hash hash, ReadNode(connection, id));
    peaks.push_back(std::move(hash));
  }
  return tree::Frontier(size, std::move(peaks));
}

absl::Status WriteNodes(db::Connection& connection,
                        std::vector<std::pair<tree::NodeId, tree::Hash>> nodes) {
  std::sort(nodes.begin(), nodes.end());  // as the key does: pages are filled one by one
  std::vector<db::Value> values;
  for (const auto& [id, hash] : nodes) values.insert(values.end(), {id.level, id.index, hash});
  return kWrite.Execute(connection, values);
}

}  // namespace jinhuan::journal
