#include "platform/journal/head.h"

#include "platform/journal/reason.h"
#include "platform/status/status_macros.h"

namespace jinhuan::journal {
namespace {

const db::Query kFence("UPDATE journal_head SET seals = seals + 1 WHERE id = 1", "PRIMARY");
const db::Query kSize("SELECT size FROM journal_head WHERE id = 1", "PRIMARY");
const db::Query kRead(
    "SELECT size, tree_size, indexed, algorithm, log_id FROM journal_head WHERE id = 1", "PRIMARY");
const db::Query kFix(
    "UPDATE journal_head SET algorithm = ?, log_id = ? WHERE id = 1 AND log_id = ''", "PRIMARY");
const db::Query kWriteSizes(
    "UPDATE journal_head SET size = ?, tree_size = ?, indexed = ?, seals = seals + 1 WHERE id = 1",
    "PRIMARY");

}  // namespace

absl::Status FenceHead(db::Connection& connection) {
  return connection.ExecuteExactly(1, kFence, {});
}

absl::StatusOr<Head> ReadHead(db::Connection& connection, IdSource& ids,
                              tree::Algorithm algorithm) {
  Head head;
  std::string name;
  const auto read = [&] {
    return connection.Select(kRead, {}, [&](const db::Row& row) {
      head.size = row.Int(0);
      head.tree_size = row.Int(1);
      head.indexed = row.Int(2);
      name = row.Text(3);
      head.log_id = row.Text(4);
    });
  };
  JH_RETURN_IF_ERROR(read().status());
  if (head.log_id.empty()) {
    JH_RETURN_IF_ERROR(connection.Execute(kFix, {tree::NameOf(algorithm), ids.NewId()}).status());
    JH_RETURN_IF_ERROR(read().status());
  }
  const auto stored = tree::AlgorithmNamed(name);
  if (!stored.has_value()) return Damaged("the head's algorithm");
  head.algorithm = *stored;
  return head;
}

absl::StatusOr<int64_t> ReadSize(db::Connection& connection) {
  int64_t size = 0;
  JH_RETURN_IF_ERROR(
      connection.Select(kSize, {}, [&](const db::Row& row) { size = row.Int(0); }).status());
  return size;
}

absl::Status WriteSizes(db::Connection& connection, const Head& head) {
  return connection.ExecuteExactly(1, kWriteSizes, {head.size, head.tree_size, head.indexed});
}

}  // namespace jinhuan::journal
