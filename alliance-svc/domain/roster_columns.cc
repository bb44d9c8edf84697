#include "alliance-svc/domain/roster_columns.h"

#include <fmt/format.h>

#include "absl/strings/numbers.h"
#include "alliance-svc/domain/roster_texts.h"
#include "platform/api/time.h"

namespace jinhuan::alliance {
namespace {

using Member = v1::Member;

// A column of one text field.
template <const std::string& (Member::*get)() const>
std::string ShowText(const Member& member, const RosterDay&) {
  return (member.*get)();
}
template <std::string* (Member::*mutate)()>
void ReadText(const std::string& text, const RosterDay&, std::string_view, Member& member,
              Violations&) {
  *(member.*mutate)() = text;
}

// A column of one enum field.
template <class Value, Value (Member::*get)() const, absl::Span<const RosterText> (*texts)()>
std::string ShowChoice(const Member& member, const RosterDay&) {
  return TextOf(texts(), (member.*get)());
}
template <class Value, void (Member::*set)(Value), absl::Span<const RosterText> (*texts)()>
void ReadChoice(const std::string& text, const RosterDay&, std::string_view label, Member& member,
                Violations& violations) {
  const auto value = ValueOf(texts(), text);
  if (!violations.Check(label, value.has_value(), "one of " + ChoicesEn(texts()),
                        ChoicesZh(texts()) + "之一")) {
    return;
  }
  (member.*set)(static_cast<Value>(*value));
}

std::string ShowCount(const Member& member, const RosterDay&) {
  return std::to_string(member.party_member_count());
}
void ReadCount(const std::string& text, const RosterDay&, std::string_view label, Member& member,
               Violations& violations) {
  int count = 0;
  if (!violations.Check(label, absl::SimpleAtoi(text, &count), "a whole number, 0 to 1000000",
                        "0 至 1000000 的整数")) {
    return;
  }
  member.set_party_member_count(count);
}

template <double (google::type::LatLng::*get)() const>
std::string ShowDegrees(const Member& member, const RosterDay&) {
  return member.has_location() ? fmt::format("{}", (member.location().*get)()) : "";
}
template <void (google::type::LatLng::*set)(double)>
void ReadDegrees(const std::string& text, const RosterDay&, std::string_view label, Member& member,
                 Violations& violations) {
  double degrees = 0;
  if (!violations.Check(label, absl::SimpleAtod(text, &degrees), "a number of degrees",
                        "以度为单位的数值")) {
    return;
  }
  (member.mutable_location()->*set)(degrees);
}

std::string ShowJoinDate(const Member& member, const RosterDay& day) {
  if (!member.has_join_time()) return "";
  return absl::FormatCivilTime(absl::ToCivilDay(api::FromProto(member.join_time()), day.zone));
}
void ReadJoinDate(const std::string& text, const RosterDay& day, std::string_view label,
                  Member& member, Violations& violations) {
  const auto joined = DayOf(text);
  const absl::CivilDay today = absl::ToCivilDay(day.now, day.zone);
  if (!violations.Check(
          label, joined.has_value() && *joined <= today && *joined >= absl::CivilDay(1949),
          "a date as 2024-05-01, not in the future", "2024-05-01 形式且不晚于今天的日期")) {
    return;
  }
  // Who has only applied has not joined.
  if (!member.has_join_time()) return;
  // The day is what the cell says: on the same one the hour stays.
  if (absl::ToCivilDay(api::FromProto(member.join_time()), day.zone) == *joined) return;
  *member.mutable_join_time() = api::ToProto(absl::FromCivil(*joined, day.zone));
}

#define JH_TEXT(field) ShowText<&Member::field>, ReadText<&Member::mutable_##field>
#define JH_CHOICE(type, field, texts) \
  ShowChoice<v1::type, &Member::field, texts>, ReadChoice<v1::type, &Member::set_##field, texts>
#define JH_DEGREES(field) \
  ShowDegrees<&google::type::LatLng::field>, ReadDegrees<&google::type::LatLng::set_##field>
constexpr auto kText = table::ColumnKind::kText;
constexpr auto kNumber = table::ColumnKind::kNumber;
constexpr auto kDate = table::ColumnKind::kDate;
const RosterColumn kColumns[] = {
    {"单位名称", "display_name", "display_name", true, kText, 32, JH_TEXT(display_name)},
    {"统一社会信用代码", "uscc", "uscc", false, kText, 22, JH_TEXT(uscc)},
    {"行业", "sector", "sector", true, kText, 12, JH_CHOICE(Sector, sector, SectorTexts)},
    {"层级", "tier", "tier", false, kText, 10, JH_CHOICE(Tier, tier, TierTexts)},
    {"党组织类型", "party_organization", "party_organization", false, kText, 12,
     JH_CHOICE(PartyOrganization, party_organization, PartyOrganizationTexts)},
    {"上级党组织", "superior_organization", "superior_organization", false, kText, 28,
     JH_TEXT(superior_organization)},
    {"联合支部", "joint_branch", "joint_branch", false, kText, 28, JH_TEXT(joint_branch)},
    {"党员人数", "party_member_count", "party_member_count", false, kNumber, 10, ShowCount,
     ReadCount},
    {"地址", "address", "address", false, kText, 36, JH_TEXT(address)},
    {"经度", "longitude", "location.longitude", false, kNumber, 12, JH_DEGREES(longitude)},
    {"纬度", "latitude", "location.latitude", false, kNumber, 12, JH_DEGREES(latitude)},
    {"网格", "grid", "grid", false, kText, 16, JH_TEXT(grid)},
    {"联络员职务", "liaison_title", "liaison_title", false, kText, 16, JH_TEXT(liaison_title)},
    {"联络员手机", "liaison_phone", "liaison_phone", false, kText, 14, JH_TEXT(liaison_phone)},
    {"副联络员职务", "deputy_liaison_title", "deputy_liaison_title", false, kText, 16,
     JH_TEXT(deputy_liaison_title)},
    {"副联络员手机", "deputy_liaison_phone", "deputy_liaison_phone", false, kText, 14,
     JH_TEXT(deputy_liaison_phone)},
    {"加入日期", "join_date", "join_date", false, kDate, 12, ShowJoinDate, ReadJoinDate},
};
#undef JH_TEXT
#undef JH_CHOICE
#undef JH_DEGREES

}  // namespace

absl::Span<const RosterColumn> RosterColumns() { return kColumns; }

}  // namespace jinhuan::alliance
