#include "platform/table/cell_kind.h"
#include "platform/table/sheet.h"

namespace jinhuan::table {
namespace {

void AppendCell(std::string_view text, bool number, std::string& out) {
  const bool risky = !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != text.npos;
  const std::string_view guard = risky && !number ? "'" : "";
  if (text.find_first_of(",\"\r\n") == text.npos) {
    out.append(guard).append(text);
    return;
  }
  out.append("\"").append(guard);
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace

std::string WriteCsv(const Sheet& sheet) {
  std::string out = "\xEF\xBB\xBF";
  for (size_t i = 0; i < sheet.columns.size(); ++i) {
    if (i > 0) out += ',';
    AppendCell(sheet.columns[i].title, false, out);
  }
  out += "\r\n";
  for (const auto& row : sheet.rows) {
    for (size_t i = 0; i < row.size(); ++i) {
      if (i > 0) out += ',';
      const bool number = i < sheet.columns.size() &&
                          sheet.columns[i].kind == ColumnKind::kNumber &&
                          AsNumber(row[i]).has_value();
      AppendCell(row[i], number, out);
    }
    out += "\r\n";
  }
  return out;
}

}  // namespace jinhuan::table
