#pragma once

// What tests say of tables.

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "platform/status/error.h"
#include "platform/table/table.h"

namespace jinhuan::table {

using Cells = std::vector<std::vector<std::string>>;

// The cells of a table that could be read; the error as the only cell when it
// could not.
inline Cells CellsOf(const absl::StatusOr<Table>& table) {
  if (!table.ok()) return {{Describe(table.status())}};
  Cells cells;
  for (const Row& row : table->rows) cells.push_back(row.cells);
  return cells;
}

// The reason for which a table could not be read; "" when it could.
inline std::string Refusal(const absl::StatusOr<Table>& table) { return ReasonOf(table.status()); }

// A value of the metadata, as the English text shows it: the message itself.
inline std::string Message(const absl::StatusOr<Table>& table) {
  return std::string(table.status().message());
}

inline auto IsProblem(int row, int column, error::v1::TableReason reason) {
  return ::testing::AllOf(::testing::Field(&Problem::row, row),
                          ::testing::Field(&Problem::column, column),
                          ::testing::Field(&Problem::reason, reason));
}

}  // namespace jinhuan::table
