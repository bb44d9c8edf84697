#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace jinhuan::table {

// What the cells of a column are in a workbook. All are given as text: a number
// as 12.5, a date as 2026-03-01. A cell that is not of its column's kind (or a
// number of more than 15 digits, which a spreadsheet would cut) stays text.
enum class ColumnKind { kText, kNumber, kDate };

struct Column {
  std::string title = {};
  double width = 12;  // in characters of Latin text; a Chinese one takes two
  ColumnKind kind = ColumnKind::kText;
};

// A list as a person gets it. All text is UTF-8.
struct Sheet {
  std::string title = {};  // what a sheet cannot be called is mended: []:*?/\ and length
  std::vector<Column> columns = {};
  std::vector<std::vector<std::string>> rows = {};  // as wide as `columns` at most
  absl::Time created = {};                          // shown as the workbook's time
};

// The sheet as a workbook: a bold header that stays in view, with a filter. No
// text becomes a formula, a link or a number. The same sheet gives the same
// bytes. Errors: CELL_TOO_LONG (32,767 characters), TOO_MANY_ROWS (1,048,575),
// TOO_MANY_COLUMNS (16,384), INTERNAL. Thread-safe; the greater part of
// the work one call of the process does at a time.
absl::StatusOr<std::string> WriteXlsx(const Sheet& sheet);

// The media type of a workbook.
inline constexpr char kXlsxMediaType[] =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

}  // namespace jinhuan::table
