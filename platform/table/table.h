#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "jinhuan/error/v1/table_reason.pb.h"

namespace jinhuan::table {

// What ReadTable takes at most. The bounds hold against hostile files too, which
// get it to use memory of the order of `max_part_bytes` and `max_text_bytes`
// together, and with these values some tenths of a second.
struct Limits {
  size_t max_bytes = size_t{4} << 20;  // of the file
  size_t max_rows = 10'000;            // that are not empty, the header among them
  size_t max_columns = 64;
  size_t max_cell_points = 2'000;            // code points of one cell
  size_t max_text_bytes = size_t{16} << 20;  // of all cells together
  // Of a workbook: its entries, what one of them and all that are read unpack
  // to, and how many times its size an entry may unpack to (from 1 MiB on).
  size_t max_parts = 1'000;
  size_t max_part_bytes = size_t{32} << 20;
  size_t max_unpacked_bytes = size_t{64} << 20;
  size_t max_ratio = 200;
};

// One row that is not empty.
struct Row {
  int number;                      // as a spreadsheet shows it, from 1
  std::vector<std::string> cells;  // UTF-8, without blanks at both ends
};

// A cell that was not taken: it is empty in `rows`.
struct Problem {
  int row;     // Row::number
  int column;  // from 0
  error::v1::TableReason reason;
};

struct Table {
  std::vector<Row> rows;          // each has as many cells as the widest
  std::vector<Problem> problems;  // by row, then column
};

// "A" for 0, "AA" for 26: the metadata `column` of table errors.
std::string ColumnName(size_t column);

// The error of a problem, with its metadata.
absl::Status ToStatus(const Problem& problem);

// Reads a workbook (XLSX) or CSV text; which of them the bytes say. Thread-safe.
//
// Text is UTF-8 or GB18030 (which GBK and GB2312 are part of), or UTF-16 with
// its byte order mark; cells are separated by commas, semicolons or tabs,
// whichever the first line has most of, and quoted as RFC 4180 says. The
// apostrophe before = + - @ by which spreadsheets are kept from taking a text for a
// formula is taken off.
//
// Of a workbook the first visible worksheet is read. Numbers have no exponent
// and no ".0"; dates are 2026-03-01, with a time 2026-03-01 09:30 (and :05 when
// there are seconds); booleans are TRUE and FALSE. Formulas are never evaluated
// nor is their stored value taken.
//
// Problems: FORMULA, ERROR_VALUE, DIGITS_LOST. Errors (TableReason):
// NOT_A_TABLE, OLD_FORMAT, ENCODING_UNKNOWN, TOO_LARGE, PACKED_TOO_TIGHT,
// TOO_MANY_ROWS, TOO_MANY_COLUMNS, CELL_TOO_LONG, SHEET_MISSING, DAMAGED,
// QUOTES_WRONG. An empty file is a table without rows.
absl::StatusOr<Table> ReadTable(std::string_view bytes, const Limits& limits = {});

}  // namespace jinhuan::table
