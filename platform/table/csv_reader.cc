#include "platform/table/csv_reader.h"

#include <algorithm>

#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "platform/table/table_builder.h"

namespace jinhuan::table {
namespace {

// The separator that stands most often in the first line, outside quotes.
char FindSeparator(std::string_view text) {
  constexpr std::string_view kSeparators = ",;\t";
  size_t counts[kSeparators.size()] = {};
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' || c == '\r') break;
    if (const size_t at = kSeparators.find(c); at != kSeparators.npos) ++counts[at];
  }
  return kSeparators[static_cast<size_t>(std::max_element(std::begin(counts), std::end(counts)) -
                                         std::begin(counts))];
}

class CsvReader {
 public:
  CsvReader(std::string_view text, const Limits& limits)
      : rest_(text), separator_(FindSeparator(text)), builder_(limits) {}

  absl::StatusOr<Table> Read() {
    for (row_ = 1; !rest_.empty(); ++row_) {
      builder_.BeginRow(row_);
      JH_RETURN_IF_ERROR(ReadRow());
    }
    return builder_.Finish();
  }

 private:
  absl::Status ReadRow() {
    for (size_t column = 0;; ++column) {
      if (rest_.starts_with('"')) {
        JH_RETURN_IF_ERROR(ReadQuoted(column));
      } else {
        const size_t end = std::min(rest_.find_first_of(stops_), rest_.size());
        JH_RETURN_IF_ERROR(Take(column, rest_.substr(0, end)));
        rest_.remove_prefix(end);
      }
      if (!rest_.starts_with(separator_)) break;
      rest_.remove_prefix(1);
    }
    rest_.remove_prefix(rest_.starts_with("\r\n") ? 2 : rest_.empty() ? 0 : 1);
    return absl::OkStatus();
  }

  absl::Status ReadQuoted(size_t column) {
    std::string cell;
    do {
      rest_.remove_prefix(1);
      const size_t end = rest_.find('"');
      if (end == rest_.npos) return QuotesWrong(column);
      cell += rest_.substr(0, end + 1);  // with the quote, which stays when it is doubled
      rest_.remove_prefix(end + 1);
    } while (rest_.starts_with('"'));
    cell.pop_back();
    if (!rest_.empty() && stops_.find(rest_.front()) == stops_.npos) return QuotesWrong(column);
    return Take(column, cell);
  }

  absl::Status Take(size_t column, std::string_view cell) {
    cell = Trim(cell);
    if (cell.starts_with('=')) {
      return builder_.AddProblem(column, error::v1::TABLE_REASON_FORMULA);
    }
    const bool disarmed =
        cell.size() > 1 && cell[0] == '\'' && std::string_view("=+-@\t").find(cell[1]) != cell.npos;
    return builder_.Set(column, disarmed ? cell.substr(1) : cell);
  }

  absl::Status QuotesWrong(size_t column) const {
    return Error(error::v1::TABLE_REASON_QUOTES_WRONG,
                 {{"row", std::to_string(row_)}, {"column", ColumnName(column)}});
  }

  std::string_view rest_;
  const char separator_;
  const std::string stops_ = {separator_, '\r', '\n'};
  TableBuilder builder_;
  int row_ = 0;
};

}  // namespace

absl::StatusOr<Table> ReadCsv(std::string_view text, const Limits& limits) {
  return CsvReader(text, limits).Read();
}

}  // namespace jinhuan::table
