#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/db/connection.h"

namespace jinhuan::db {

// An INSERT of several rows by one statement. A round trip costs as much as some rows,
// so what belongs together goes together. Immutable, so thread-safe.
class BulkInsert {
 public:
  // More rows go in several statements.
  static constexpr size_t kRows = 32;

  // `head` is "INSERT INTO t (a, b) VALUES", `row` is "(?, ?)", and `tail` what follows
  // the last row ("ON DUPLICATE KEY UPDATE ...").
  BulkInsert(std::string head, const std::string& row, const std::string& tail = "");

  // Inserts the rows whose values stand in `values`, one after the other.
  absl::Status Execute(Connection& connection, const std::vector<Value>& values) const;

  // The same, and says what the server counts as changed: with ON DUPLICATE KEY UPDATE
  // 1 for a row that was added, 2 for one that was changed, 0 for one that stayed.
  absl::StatusOr<int64_t> ExecuteCounting(Connection& connection,
                                          const std::vector<Value>& values) const;

 private:
  struct Statement {
    Statement(std::string text) : sql(std::move(text)), query(sql.c_str(), "") {}
    const std::string sql;
    const Query query;
  };
  size_t columns_;
  std::vector<std::unique_ptr<const Statement>> by_rows_;  // of one row first
};

}  // namespace jinhuan::db
