#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "platform/table/table.h"

namespace jinhuan::table {

// Takes the cells of a table one by one, row by row, and keeps its limits. Not
// thread-safe.
class TableBuilder {
 public:
  // `limits` must outlive it.
  explicit TableBuilder(const Limits& limits) : limits_(limits) {}

  // Begins the row with this number, which is greater than the one before. A row
  // that gets neither text nor a problem leaves no trace.
  void BeginRow(int number);

  // The text of a cell, without the blanks around it; an empty one may stand
  // beyond the last column. Errors:
  // TOO_MANY_ROWS, TOO_MANY_COLUMNS, CELL_TOO_LONG, TOO_LARGE (all text).
  absl::Status Set(size_t column, std::string_view text);

  // Errors: TOO_MANY_ROWS, TOO_MANY_COLUMNS.
  absl::Status AddProblem(size_t column, error::v1::TableReason reason);

  // The table; the builder is spent.
  Table Finish();

 private:
  // Makes the row and the column be there.
  absl::Status Reach(size_t column);

  const Limits& limits_;
  Table table_;
  int number_ = 0;
  bool begun_ = false;  // the row is in table_
  size_t columns_ = 0;
  size_t text_bytes_ = 0;
};

// `text` without blanks, line ends, no-break and ideographic spaces and
// invisible marks (U+FEFF, U+200B) at both ends.
std::string_view Trim(std::string_view text);

}  // namespace jinhuan::table
