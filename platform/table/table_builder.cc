#include "platform/table/table_builder.h"

#include <algorithm>
#include <array>

#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "platform/text/utf8.h"

namespace jinhuan::table {
namespace {

constexpr std::array<std::string_view, 9> kBlanks = {
    " ", "\t", "\n", "\r", "\v", "\xC2\xA0", "\xE3\x80\x80", "\xEF\xBB\xBF", "\xE2\x80\x8B"};

}  // namespace

std::string_view Trim(std::string_view text) {
  for (bool found = true; found && !text.empty();) {
    found = false;
    for (const std::string_view blank : kBlanks) {
      if (text.starts_with(blank)) {
        text.remove_prefix(blank.size());
        found = true;
      }
      if (text.ends_with(blank)) {
        text.remove_suffix(blank.size());
        found = true;
      }
    }
  }
  return text;
}

void TableBuilder::BeginRow(int number) {
  number_ = number;
  begun_ = false;
}

absl::Status TableBuilder::Reach(size_t column) {
  if (column >= limits_.max_columns) {
    return Error(
        error::v1::TABLE_REASON_TOO_MANY_COLUMNS,
        {{"row", std::to_string(number_)}, {"limit", std::to_string(limits_.max_columns)}});
  }
  if (!begun_) {
    if (table_.rows.size() >= limits_.max_rows) {
      return Error(error::v1::TABLE_REASON_TOO_MANY_ROWS,
                   {{"limit", std::to_string(limits_.max_rows)}});
    }
    table_.rows.push_back({.number = number_, .cells = {}});
    table_.rows.back().cells.reserve(columns_);
    begun_ = true;
  }
  columns_ = std::max(columns_, column + 1);
  auto& cells = table_.rows.back().cells;
  if (cells.size() <= column) cells.resize(column + 1);
  return absl::OkStatus();
}

absl::Status TableBuilder::Set(size_t column, std::string_view text) {
  text = Trim(text);
  if (text.empty()) return absl::OkStatus();
  JH_RETURN_IF_ERROR(Reach(column));
  if (text.size() > limits_.max_cell_points &&
      static_cast<size_t>(CodePoints(text)) > limits_.max_cell_points) {
    return Error(error::v1::TABLE_REASON_CELL_TOO_LONG,
                 {{"row", std::to_string(number_)},
                  {"column", ColumnName(column)},
                  {"limit", std::to_string(limits_.max_cell_points)}});
  }
  if (text.size() > limits_.max_text_bytes - text_bytes_) {
    return Error(error::v1::TABLE_REASON_TOO_LARGE,
                 {{"limit", std::to_string(limits_.max_text_bytes)}});
  }
  text_bytes_ += text.size();
  table_.rows.back().cells[column] = text;
  return absl::OkStatus();
}

absl::Status TableBuilder::AddProblem(size_t column, error::v1::TableReason reason) {
  JH_RETURN_IF_ERROR(Reach(column));
  table_.problems.push_back({.row = number_, .column = static_cast<int>(column), .reason = reason});
  return absl::OkStatus();
}

Table TableBuilder::Finish() {
  for (Row& row : table_.rows) row.cells.resize(columns_);
  return std::move(table_);
}

}  // namespace jinhuan::table
