#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/table/xml_reader.h"

namespace jinhuan::table {

// Which cell styles of a workbook show a number as a date or time.
class DateStyles : public XmlHandler {
 public:
  absl::Status Start(std::string_view name, const XmlAttributes& attributes) override;
  absl::Status End(std::string_view name) override;
  absl::Status Text(std::string_view) override { return absl::OkStatus(); }

  // `style` as a cell names it: an index. False for one that does not exist.
  bool IsDate(std::string_view style) const;

 private:
  std::map<int, bool> custom_;  // by the number of a format
  std::vector<bool> is_date_;   // by the index of a style
  bool in_cell_styles_ = false;
};

}  // namespace jinhuan::table
