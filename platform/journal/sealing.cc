#include "platform/journal/sealing.h"

#include <fmt/format.h>

#include "platform/journal/entry_index.h"
#include "platform/journal/node_store.h"
#include "platform/journal/reason.h"
#include "platform/status/status_macros.h"

namespace jinhuan::journal {
namespace {

// An entry of a process that does not know salts yet gets its own here.
const db::Query kNumber(
    "INSERT INTO journal_entry (number, id, alliance, resource, record, salt) "
    "SELECT ? + ROW_NUMBER() OVER (ORDER BY id), id, alliance, resource, record, "
    "COALESCE(salt, RANDOM_BYTES(16)) "
    "FROM (SELECT id, alliance, resource, record, salt FROM journal_unsealed "
    "FORCE INDEX (PRIMARY) ORDER BY id LIMIT 512) AS batch",
    "PRIMARY");
// From the entries to the unsealed, so that no row of a transaction still under
// way is touched.
const db::Query kRemove(
    "DELETE u FROM journal_entry AS e STRAIGHT_JOIN journal_unsealed AS u ON u.id = e.id "
    "WHERE e.number > ?",
    "PRIMARY");
const db::Query kSalt(
    "UPDATE journal_entry SET salt = RANDOM_BYTES(16) WHERE number >= ? AND number <= ?",
    "PRIMARY");
const db::Query kLeaves(
    "SELECT number, salt, record FROM journal_entry WHERE number >= ? AND number <= ? "
    "ORDER BY number",
    "PRIMARY");

// Adds the stored entries up to number `last` to the tree, and to the index where that holds
// all of the tree.
absl::Status Grow(db::Connection& connection, int64_t last, Head& head, tree::Frontier& frontier) {
  const tree::Hasher hasher(head.algorithm);
  std::vector<std::pair<tree::NodeId, tree::Hash>> nodes;
  bool whole = true;
  IndexRows index;
  JH_RETURN_IF_ERROR(connection
                         .Select(kLeaves, {head.tree_size + 1, last},
                                 [&](const db::Row& row) {
                                   const std::string salt = row.Text(1);
                                   whole = whole && row.Int(0) == frontier.size() + 1 &&
                                           salt.size() == tree::kSaltBytes;
                                   const std::string record = row.Text(2);
                                   frontier.Append(hasher, hasher.Leaf(salt, record),
                                                   [&](tree::NodeId id, const tree::Hash& hash) {
                                                     nodes.emplace_back(id, hash);
                                                   });
                                   index.Add(row.Int(0), record);
                                 })
                         .status());
  if (!whole || frontier.size() != last) {
    return Damaged(fmt::format("entries {} to {}", head.tree_size + 1, last));
  }
  JH_RETURN_IF_ERROR(WriteNodes(connection, std::move(nodes)));
  if (head.indexed == head.tree_size) {
    JH_RETURN_IF_ERROR(index.Write(connection));
    head.indexed = last;
  }
  head.tree_size = last;
  return WriteSizes(connection, head);
}

}  // namespace

absl::StatusOr<int64_t> SealNew(db::Connection& connection, Head& head, tree::Frontier& frontier) {
  JH_ASSIGN_OR_RETURN(const int64_t sealed, connection.Execute(kNumber, {head.size}));
  if (sealed == 0) return 0;
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(sealed, kRemove, {head.size}));
  head.size += sealed;
  JH_RETURN_IF_ERROR(Grow(connection, head.size, head, frontier));
  return sealed;
}

absl::StatusOr<int64_t> SealOld(db::Connection& connection, Head& head, tree::Frontier& frontier) {
  const int64_t first = head.tree_size;
  const int64_t last = std::min(head.size, first + kSealBatch);
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(last - first, kSalt, {first + 1, last}));
  JH_RETURN_IF_ERROR(Grow(connection, last, head, frontier));
  return last - first;
}

}  // namespace jinhuan::journal
