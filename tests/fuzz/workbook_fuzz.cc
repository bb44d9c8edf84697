// The inside of a workbook, which no mutation of a zip file reaches: the strings, the
// styles (a line each) and the rows of its sheet.
#include "platform/table/xlsx_fixture.h"
#include "platform/table/xlsx_reader.h"
#include "tests/fuzz/fuzz.h"

namespace jinhuan::fuzz {

void Check(std::string_view input) {
  const std::string strings(TakeLine(input));
  const std::string styles(TakeLine(input));
  const std::string bytes =
      table::MakeZip(table::WorkbookParts(std::string(input), strings, styles));
  const table::Limits limits{.max_rows = 100, .max_text_bytes = 64 << 10};
  const auto table = table::ReadXlsx(bytes, limits);
  Require(!table.ok() || table->rows.size() <= limits.max_rows);
}

}  // namespace jinhuan::fuzz
