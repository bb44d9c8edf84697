#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "jinhuan/alliance/v1/alliance.pb.h"

namespace jinhuan::alliance {

// A value of an enum as rosters say it.
struct RosterText {
  int value;
  std::string_view zh;
  std::string_view en;
};

absl::Span<const RosterText> SectorTexts();
absl::Span<const RosterText> TierTexts();
absl::Span<const RosterText> PartyOrganizationTexts();
absl::Span<const RosterText> StateTexts();

// The Chinese text of a value; "" for one that has none.
std::string TextOf(absl::Span<const RosterText> texts, int value);

// The value that a cell says in Chinese, or in English in any case.
std::optional<int> ValueOf(absl::Span<const RosterText> texts, std::string_view text);

// "企业、金融机构" or "COMPANY, FINANCE": what a cell may say.
std::string ChoicesZh(absl::Span<const RosterText> texts);
std::string ChoicesEn(absl::Span<const RosterText> texts);

// The day in 2024-05-01, 2024/5/1 or 2024.5.1; nothing in anything else.
std::optional<absl::CivilDay> DayOf(std::string_view text);

// What two texts have in common that people take for the same: without the case of
// ASCII letters, full-width ASCII as half-width, without blanks.
std::string Folded(std::string_view text);

}  // namespace jinhuan::alliance
