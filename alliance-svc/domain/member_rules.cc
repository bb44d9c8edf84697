#include "alliance-svc/domain/member_rules.h"

#include <algorithm>

#include "absl/time/time.h"
#include "alliance-svc/domain/account_rules.h"
#include "alliance-svc/domain/phone.h"
#include "alliance-svc/domain/uscc.h"
#include "jinhuan/alliance/v1/error_reason.pb.h"

namespace jinhuan::alliance {
namespace {

constexpr int kMaxPartyMembers = 1'000'000;

bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// An IANA name and nothing that absl would take for a path or for this
// machine's own zone.
bool IsTimeZone(const std::string& name) {
  const bool clean = !name.empty() && name.front() != '/' && name != "localtime" &&
                     std::all_of(name.begin(), name.end(), [](char c) {
                       return IsLower(c) || IsDigit(c) || (c >= 'A' && c <= 'Z') || c == '/' ||
                              c == '_' || c == '-' || c == '+';
                     });
  absl::TimeZone zone;
  return clean && absl::LoadTimeZone(name, &zone);
}

// A value of `Enum` that a member must have.
template <class Enum>
void CheckKnown(std::string_view field, Enum value, bool known, Violations& violations) {
  if (!violations.Require(field, value != Enum{})) return;
  violations.Check(field, known, "one of the listed values", "所列选项之一");
}

// Not a number is not within any bounds either.
void CheckLocation(const google::type::LatLng& location, Violations& violations, FieldNames names) {
  violations.Check(names("location.latitude"),
                   location.latitude() >= -90 && location.latitude() <= 90, "-90 to 90 degrees",
                   "-90 至 90 度");
  violations.Check(names("location.longitude"),
                   location.longitude() >= -180 && location.longitude() <= 180,
                   "-180 to 180 degrees", "-180 至 180 度");
}

}  // namespace

void NormaliseMember(v1::Member& member) {
  member.set_uscc(NormaliseUscc(member.uscc()));
  if (member.tier() == v1::TIER_UNSPECIFIED) member.set_tier(v1::TIER_ORDINARY);
}

std::string BelowMember(std::string_view field) { return "member." + std::string(field); }

void CheckMember(const v1::Member& member, const v1::Member& stored, Violations& violations,
                 FieldNames names) {
  const auto line = [&](std::string_view field, const std::string& text, size_t min, size_t max) {
    CheckLine(names(field), text, min, max, violations);
  };
  const auto phone = [&](std::string_view field, const std::string& number,
                         const std::string& known) {
    if (number.empty() || number == known || IsPhone(number)) return;
    violations.Add(names(field), v1::ERROR_REASON_PHONE_INVALID);
  };
  line("display_name", member.display_name(), 1, 60);
  if (!member.uscc().empty() && !IsUscc(member.uscc())) {
    violations.Add(names("uscc"), v1::ERROR_REASON_USCC_INVALID, {{"uscc", member.uscc()}});
  }
  CheckKnown(names("sector"), member.sector(), v1::Sector_IsValid(member.sector()), violations);
  CheckKnown(names("tier"), member.tier(), v1::Tier_IsValid(member.tier()), violations);
  violations.Check(names("party_organization"),
                   v1::PartyOrganization_IsValid(member.party_organization()),
                   "one of the listed values", "所列选项之一");
  line("superior_organization", member.superior_organization(), 0, 60);
  line("joint_branch", member.joint_branch(), 0, 60);
  violations.Check(
      names("party_member_count"),
      member.party_member_count() >= 0 && member.party_member_count() <= kMaxPartyMembers,
      "0 to 1000000", "0 至 1000000");
  line("address", member.address(), 0, 120);
  line("grid", member.grid(), 0, 40);
  CheckLocation(member.location(), violations, names);
  line("liaison_title", member.liaison_title(), 0, 40);
  phone("liaison_phone", member.liaison_phone(), stored.liaison_phone());
  line("deputy_liaison_title", member.deputy_liaison_title(), 0, 40);
  phone("deputy_liaison_phone", member.deputy_liaison_phone(), stored.deputy_liaison_phone());
}

void CheckAlliance(const v1::Alliance& alliance, Violations& violations) {
  CheckLine("alliance.display_name", alliance.display_name(), 1, 60, violations);
  CheckLine("alliance.street_display_name", alliance.street_display_name(), 0, 60, violations);
  const v1::ListLabels& labels = alliance.list_labels();
  CheckLine("alliance.list_labels.needs", labels.needs(), 0, 12, violations);
  CheckLine("alliance.list_labels.offers", labels.offers(), 0, 12, violations);
  CheckLine("alliance.list_labels.matches", labels.matches(), 0, 12, violations);
  if (violations.Require("alliance.time_zone", !alliance.time_zone().empty())) {
    violations.Check("alliance.time_zone", IsTimeZone(alliance.time_zone()),
                     "an IANA time zone such as Asia/Shanghai", "IANA 时区名，如 Asia/Shanghai");
  }
}

bool IsAllianceId(std::string_view id) {
  return id.size() >= 2 && id.size() <= 36 && IsLower(id.front()) &&
         std::all_of(id.begin(), id.end(),
                     [](char c) { return IsLower(c) || IsDigit(c) || c == '-'; });
}

}  // namespace jinhuan::alliance
