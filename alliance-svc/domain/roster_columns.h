#pragma once

#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "absl/types/span.h"
#include "jinhuan/alliance/v1/alliance.pb.h"
#include "platform/status/error.h"
#include "platform/table/sheet.h"

namespace jinhuan::alliance {

// In which zone, and when, a roster is read or made.
struct RosterDay {
  absl::TimeZone zone;
  absl::Time now;
};

// A column of a roster (花名册): of the file that a person fills in, and of the one
// that a person gets.
struct RosterColumn {
  std::string_view zh;     // as a header says it
  std::string_view en;     // as a header may say it, too
  std::string_view field;  // what CheckMember calls it
  bool required = false;
  table::ColumnKind kind = table::ColumnKind::kText;
  double width = 12;
  // The cell of a member.
  std::string (*show)(const v1::Member& member, const RosterDay& day);
  // Puts the text of a cell, which is not empty, into a member, or adds what is wrong
  // with it at `label`.
  void (*read)(const std::string& text, const RosterDay& day, std::string_view label,
               v1::Member& member, Violations& violations);
};

// Every column, in the order in which they are shown.
absl::Span<const RosterColumn> RosterColumns();

}  // namespace jinhuan::alliance
