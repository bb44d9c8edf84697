#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "alliance-svc/domain/roster_columns.h"
#include "platform/table/table.h"

namespace jinhuan::alliance {

// The first row of a roster, which names its columns in any order.
class RosterHeader {
 public:
  // INVALID_ARGUMENT / IMPORT_HEADER_INVALID when a required column is missing, or one
  // is there twice. Names match in Chinese or English, in any case, and with the
  // asterisk that marks a required one.
  static absl::StatusOr<RosterHeader> Read(const table::Table& table);

  // What the cell at `index` is; nullptr for a column that is not read.
  const RosterColumn* At(size_t index) const {
    return index < columns_.size() ? columns_[index] : nullptr;
  }

  // What the file calls the column of a field, in the words of CheckMember; for one
  // that it has not, its Chinese name.
  std::string LabelOf(std::string_view field) const;

  // Columns that are not read, as the file calls them.
  const std::vector<std::string>& unknown() const { return unknown_; }

 private:
  std::vector<const RosterColumn*> columns_;  // by cell
  std::vector<std::string> labels_;           // by cell
  std::vector<std::string> unknown_;
};

}  // namespace jinhuan::alliance
