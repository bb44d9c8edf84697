#include "platform/table/xlsx_styles.h"

#include "platform/table/parse.h"
#include "platform/table/xlsx_values.h"

namespace jinhuan::table {
namespace {

constexpr size_t kMaxStyles = 65'536;  // more than Excel makes

}  // namespace

absl::Status DateStyles::Start(std::string_view name, const XmlAttributes& attributes) {
  if (name == "cellXfs") in_cell_styles_ = true;
  const bool format = name == "numFmt";
  if (!format && !(in_cell_styles_ && name == "xf")) return absl::OkStatus();
  if (custom_.size() >= kMaxStyles || is_date_.size() >= kMaxStyles) return Damaged("styles");
  int id = 0;
  Parse(attributes.Get("numFmtId"), id);
  if (format) {
    custom_[id] = IsDateFormat(attributes.Get("formatCode"));
  } else {
    const auto found = custom_.find(id);
    is_date_.push_back(found == custom_.end() ? IsDateFormat(id) : found->second);
  }
  return absl::OkStatus();
}

absl::Status DateStyles::End(std::string_view name) {
  if (name == "cellXfs") in_cell_styles_ = false;
  return absl::OkStatus();
}

bool DateStyles::IsDate(std::string_view style) const {
  size_t index = 0;
  return Parse(style, index) && index < is_date_.size() && is_date_[index];
}

}  // namespace jinhuan::table
