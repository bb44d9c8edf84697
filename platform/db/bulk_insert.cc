#include "platform/db/bulk_insert.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "platform/status/status_macros.h"

namespace jinhuan::db {

BulkInsert::BulkInsert(std::string head, const std::string& row, const std::string& tail)
    : columns_(static_cast<size_t>(std::count(row.begin(), row.end(), '?'))) {
  std::string sql = std::move(head);
  for (size_t rows = 1; rows <= kRows; ++rows) {
    sql += (rows == 1 ? " " : ", ") + row;
    by_rows_.push_back(
        std::make_unique<Statement>(tail.empty() ? sql : absl::StrCat(sql, " ", tail)));
  }
}

absl::Status BulkInsert::Execute(Connection& connection, const std::vector<Value>& values) const {
  return ExecuteCounting(connection, values).status();
}

absl::StatusOr<int64_t> BulkInsert::ExecuteCounting(Connection& connection,
                                                    const std::vector<Value>& values) const {
  int64_t changed = 0;
  for (auto next = values.begin(); next != values.end();) {
    const size_t left = static_cast<size_t>(values.end() - next) / columns_;
    const size_t rows = std::min(kRows, left);
    const auto end = next + static_cast<std::ptrdiff_t>(rows * columns_);
    JH_ASSIGN_OR_RETURN(const int64_t count,
                        connection.Execute(by_rows_[rows - 1]->query,
                                           absl::MakeConstSpan(&*next, rows * columns_)));
    changed += count;
    next = end;
  }
  return changed;
}

}  // namespace jinhuan::db
