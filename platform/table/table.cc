#include "platform/table/table.h"

#include <algorithm>

#include "platform/status/error.h"
#include "platform/table/csv_reader.h"
#include "platform/table/encoding.h"
#include "platform/table/xlsx_reader.h"

namespace jinhuan::table {
namespace {

// A compound file: XLS, DOC, or anything that Office encrypts.
constexpr std::string_view kCompoundFile("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);

bool IsZip(std::string_view bytes) {
  return bytes.starts_with(std::string_view("PK\x03\x04", 4)) ||
         bytes.starts_with(std::string_view("PK\x05\x06", 4));
}

}  // namespace

std::string ColumnName(size_t column) {
  std::string name;
  for (size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
    name += static_cast<char>('A' + (rest - 1) % 26);
  }
  std::reverse(name.begin(), name.end());
  return name;
}

absl::Status ToStatus(const Problem& problem) {
  return Error(problem.reason, {{"row", std::to_string(problem.row)},
                                {"column", ColumnName(static_cast<size_t>(problem.column))}});
}

absl::StatusOr<Table> ReadTable(std::string_view bytes, const Limits& limits) {
  if (bytes.size() > limits.max_bytes) {
    return Error(error::v1::TABLE_REASON_TOO_LARGE, {{"limit", std::to_string(limits.max_bytes)}});
  }
  if (bytes.starts_with(kCompoundFile)) return Error(error::v1::TABLE_REASON_OLD_FORMAT);
  if (IsZip(bytes)) return ReadXlsx(bytes, limits);
  const absl::StatusOr<std::string> text = ToUtf8(bytes);
  if (!text.ok()) return text.status();
  return ReadCsv(*text, limits);
}

}  // namespace jinhuan::table
