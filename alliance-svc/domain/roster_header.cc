#include "alliance-svc/domain/roster_header.h"

#include <algorithm>

#include "alliance-svc/domain/roster_texts.h"
#include "jinhuan/alliance/v1/error_reason.pb.h"

namespace jinhuan::alliance {
namespace {

absl::Status HeaderInvalid(const RosterColumn& column) {
  return Error(v1::ERROR_REASON_IMPORT_HEADER_INVALID, {{"column", std::string(column.zh)}});
}

const RosterColumn* Find(const std::string& label) {
  std::string name = Folded(label);
  name.erase(std::remove(name.begin(), name.end(), '*'), name.end());
  for (const RosterColumn& column : RosterColumns()) {
    if (name == column.zh || name == column.en) return &column;
  }
  return nullptr;
}

}  // namespace

absl::StatusOr<RosterHeader> RosterHeader::Read(const table::Table& table) {
  RosterHeader header;
  if (!table.rows.empty()) header.labels_ = table.rows.front().cells;
  for (const std::string& label : header.labels_) {
    const RosterColumn* column = label.empty() ? nullptr : Find(label);
    const auto& before = header.columns_;
    if (column != nullptr && std::find(before.begin(), before.end(), column) != before.end()) {
      return HeaderInvalid(*column);
    }
    if (column == nullptr && !label.empty()) header.unknown_.push_back(label);
    header.columns_.push_back(column);
  }
  for (const RosterColumn& column : RosterColumns()) {
    const auto& there = header.columns_;
    if (column.required && std::find(there.begin(), there.end(), &column) == there.end()) {
      return HeaderInvalid(column);
    }
  }
  return header;
}

std::string RosterHeader::LabelOf(std::string_view field) const {
  for (size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i] != nullptr && columns_[i]->field == field) return labels_[i];
  }
  for (const RosterColumn& column : RosterColumns()) {
    if (column.field == field) return std::string(column.zh);
  }
  return std::string(field);
}

}  // namespace jinhuan::alliance
