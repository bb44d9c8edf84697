#pragma once

#include <string>

#include "platform/table/table_builder.h"
#include "platform/table/xlsx_strings.h"
#include "platform/table/xlsx_styles.h"
#include "platform/table/xml_reader.h"

namespace jinhuan::table {

// The cells of a worksheet, put into a builder.
class SheetReader : public XmlHandler {
 public:
  // What it is given must outlive it; `part` is the sheet's own path.
  SheetReader(std::string part, const SharedStrings& strings, const DateStyles& styles,
              bool from_1904, TableBuilder& builder)
      : part_(std::move(part)),
        strings_(strings),
        styles_(styles),
        from_1904_(from_1904),
        builder_(builder) {}

  absl::Status Start(std::string_view name, const XmlAttributes& attributes) override;
  absl::Status End(std::string_view name) override;
  absl::Status Text(std::string_view text) override;

 private:
  absl::Status BeginRow(std::string_view number);
  absl::Status BeginCell(const XmlAttributes& attributes);
  absl::Status EndCell();
  absl::Status SetNumber();

  const std::string part_;
  const SharedStrings& strings_;
  const DateStyles& styles_;
  const bool from_1904_;
  TableBuilder& builder_;

  int row_ = 0;
  size_t next_column_ = 0;
  // The cell being read.
  bool in_cell_ = false;
  bool in_value_ = false;
  bool formula_ = false;
  bool date_ = false;
  std::string type_;
  std::string text_;
  RichText rich_;
};

}  // namespace jinhuan::table
