#include "alliance-svc/domain/roster_texts.h"

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "platform/text/utf8.h"

namespace jinhuan::alliance {
namespace {

constexpr RosterText kSectors[] = {
    {v1::SECTOR_COMPANY, "企业", "COMPANY"},
    {v1::SECTOR_FINANCE, "金融机构", "FINANCE"},
    {v1::SECTOR_SOCIAL, "社会组织", "SOCIAL"},
    {v1::SECTOR_PUBLIC, "机关事业", "PUBLIC"},
    {v1::SECTOR_EDUCATION_HEALTH, "教育卫生", "EDUCATION_HEALTH"},
};
constexpr RosterText kTiers[] = {
    {v1::TIER_STANDING, "常务理事", "STANDING"},
    {v1::TIER_COUNCIL, "理事", "COUNCIL"},
    {v1::TIER_ORDINARY, "成员", "ORDINARY"},
};
constexpr RosterText kPartyOrganizations[] = {
    {v1::PARTY_ORGANIZATION_BRANCH, "党支部", "BRANCH"},
    {v1::PARTY_ORGANIZATION_GENERAL_BRANCH, "党总支", "GENERAL_BRANCH"},
    {v1::PARTY_ORGANIZATION_COMMITTEE, "党委", "COMMITTEE"},
    {v1::PARTY_ORGANIZATION_JOINT_BRANCH, "联合支部", "JOINT_BRANCH"},
};
constexpr RosterText kStates[] = {
    {v1::Member::STATE_APPLIED, "待审批", "APPLIED"},
    {v1::Member::STATE_ACTIVE, "在册", "ACTIVE"},
    {v1::Member::STATE_REJECTED, "未通过", "REJECTED"},
    {v1::Member::STATE_SUSPENDED, "已暂停", "SUSPENDED"},
    {v1::Member::STATE_WITHDRAWN, "已退出", "WITHDRAWN"},
};

std::string Joined(absl::Span<const RosterText> texts, std::string_view RosterText::*text,
                   std::string_view separator) {
  std::string joined;
  for (const RosterText& one : texts) {
    if (!joined.empty()) joined += separator;
    joined += one.*text;
  }
  return joined;
}

}  // namespace

absl::Span<const RosterText> SectorTexts() { return kSectors; }
absl::Span<const RosterText> TierTexts() { return kTiers; }
absl::Span<const RosterText> PartyOrganizationTexts() { return kPartyOrganizations; }
absl::Span<const RosterText> StateTexts() { return kStates; }

std::string TextOf(absl::Span<const RosterText> texts, int value) {
  for (const RosterText& text : texts) {
    if (text.value == value) return std::string(text.zh);
  }
  return "";
}

std::optional<int> ValueOf(absl::Span<const RosterText> texts, std::string_view text) {
  const std::string folded = Folded(text);
  for (const RosterText& one : texts) {
    if (folded == one.zh || folded == Folded(one.en)) return one.value;
  }
  return std::nullopt;
}

std::string ChoicesZh(absl::Span<const RosterText> texts) {
  return Joined(texts, &RosterText::zh, "、");
}
std::string ChoicesEn(absl::Span<const RosterText> texts) {
  return Joined(texts, &RosterText::en, ", ");
}

std::optional<absl::CivilDay> DayOf(std::string_view text) {
  const std::vector<std::string> parts =
      absl::StrSplit(absl::string_view(text.data(), text.size()), absl::ByAnyChar("-/."));
  int year = 0, month = 0, day = 0;
  if (parts.size() != 3 || parts[0].size() != 4 || !absl::SimpleAtoi(parts[0], &year) ||
      !absl::SimpleAtoi(parts[1], &month) || !absl::SimpleAtoi(parts[2], &day)) {
    return std::nullopt;
  }
  const absl::CivilDay civil(year, month, day);
  const bool exists = civil.year() == year && civil.month() == month && civil.day() == day;
  return exists ? std::optional(civil) : std::nullopt;
}

std::string Folded(std::string_view text) {
  constexpr char32_t kIdeographicSpace = 0x3000;
  std::string folded;
  for (char32_t c : DecodeUtf8(text).value_or(std::u32string())) {
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
    if (c == ' ' || c == kIdeographicSpace) continue;
    if (c < 0x80)
      c = static_cast<unsigned char>(absl::ascii_tolower(static_cast<unsigned char>(c)));
    AppendUtf8(c, folded);
  }
  return folded;
}

}  // namespace jinhuan::alliance
