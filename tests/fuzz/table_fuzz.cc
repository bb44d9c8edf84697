// Files that people import: CSV in any encoding, and workbooks.
#include "platform/table/encoding.h"
#include "platform/table/table.h"
#include "platform/text/utf8.h"
#include "tests/fuzz/fuzz.h"

namespace jinhuan::fuzz {

void Check(std::string_view input) {
  const table::Limits limits{.max_bytes = 64 << 10,
                             .max_rows = 100,
                             .max_text_bytes = 64 << 10,
                             .max_part_bytes = 256 << 10,
                             .max_unpacked_bytes = 512 << 10};
  if (const auto text = table::ToUtf8(input); text.ok()) Require(CodePoints(*text) >= 0);
  const auto table = table::ReadTable(input, limits);
  if (!table.ok()) return;
  Require(table->rows.size() <= limits.max_rows);
  for (const table::Row& row : table->rows) {
    Require(row.cells.size() == table->rows.front().cells.size());
    Require(row.cells.size() <= limits.max_columns);
    for (const std::string& cell : row.cells) {
      const int points = CodePoints(cell);
      Require(points >= 0 && points <= static_cast<int>(limits.max_cell_points));
    }
  }
}

}  // namespace jinhuan::fuzz
