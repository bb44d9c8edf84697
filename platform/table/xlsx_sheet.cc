#include "platform/table/xlsx_sheet.h"

#include "platform/status/status_macros.h"
#include "platform/table/parse.h"
#include "platform/table/xlsx_values.h"

namespace jinhuan::table {
namespace {

constexpr int kMaxRow = 1'048'576;  // of the format
constexpr size_t kMaxColumn = 16'384;

// The column of a reference such as "AB12", from 0; kMaxColumn when it is none.
size_t ColumnOf(std::string_view reference) {
  size_t column = 0;
  size_t letters = 0;
  for (; letters < reference.size() && reference[letters] >= 'A' && reference[letters] <= 'Z';
       ++letters) {
    column = column * 26 + static_cast<size_t>(reference[letters] - 'A' + 1);
    if (column > kMaxColumn) return kMaxColumn;
  }
  return letters == 0 ? kMaxColumn : column - 1;
}

}  // namespace

absl::Status SheetReader::Start(std::string_view name, const XmlAttributes& attributes) {
  if (in_cell_) {
    in_value_ = name == "v";
    formula_ = formula_ || name == "f";
    rich_.Start(name);
    return absl::OkStatus();
  }
  if (name == "row") return BeginRow(attributes.Get("r"));
  if (name == "c") return BeginCell(attributes);
  return absl::OkStatus();
}

absl::Status SheetReader::End(std::string_view name) {
  if (!in_cell_) return absl::OkStatus();
  in_value_ = false;
  rich_.End(name);
  return name == "c" ? EndCell() : absl::OkStatus();
}

absl::Status SheetReader::Text(std::string_view text) {
  if (!in_cell_) return absl::OkStatus();
  if (in_value_) text_ += text;
  if (type_ == "inlineStr") rich_.Text(text, text_);
  return absl::OkStatus();
}

absl::Status SheetReader::BeginRow(std::string_view number) {
  int row = row_ + 1;
  const bool valid = number.empty() || Parse(number, row);
  if (!valid || row <= row_ || row > kMaxRow) return Damaged(part_);
  row_ = row;
  next_column_ = 0;
  builder_.BeginRow(row);
  return absl::OkStatus();
}

absl::Status SheetReader::BeginCell(const XmlAttributes& attributes) {
  const std::string_view reference = attributes.Get("r");
  const size_t column = reference.empty() ? next_column_ : ColumnOf(reference);
  if (row_ == 0 || column >= kMaxColumn || column < next_column_) return Damaged(part_);
  next_column_ = column + 1;
  in_cell_ = true;
  formula_ = false;
  type_ = attributes.Get("t");
  date_ = styles_.IsDate(attributes.Get("s"));
  text_.clear();
  return absl::OkStatus();
}

absl::Status SheetReader::EndCell() {
  in_cell_ = false;
  const size_t column = next_column_ - 1;
  if (formula_) return builder_.AddProblem(column, error::v1::TABLE_REASON_FORMULA);
  if (text_.empty()) return absl::OkStatus();
  if (type_.empty() || type_ == "n") return SetNumber();
  if (type_ == "s") {
    size_t index = 0;
    if (!Parse(text_, index) || index >= strings_.size()) return Damaged(part_);
    return builder_.Set(column, Unescape(strings_.Get(index)));
  }
  if (type_ == "b") return builder_.Set(column, text_ == "0" ? "FALSE" : "TRUE");
  if (type_ == "e") return builder_.AddProblem(column, error::v1::TABLE_REASON_ERROR_VALUE);
  if (type_ == "d") {  // 2026-03-01T09:30:00
    const size_t time = text_.find('T');
    if (time != text_.npos) text_[time] = ' ';
    if (text_.ends_with(" 00:00:00")) text_.resize(time);
  }
  return builder_.Set(column, Unescape(text_));
}

absl::Status SheetReader::SetNumber() {
  const size_t column = next_column_ - 1;
  if (date_) return builder_.Set(column, DateText(text_, from_1904_));
  if (HasLostDigits(text_)) {
    return builder_.AddProblem(column, error::v1::TABLE_REASON_DIGITS_LOST);
  }
  return builder_.Set(column, NumberText(text_));
}

}  // namespace jinhuan::table
