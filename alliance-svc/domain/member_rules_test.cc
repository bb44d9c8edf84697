#include "alliance-svc/domain/member_rules.h"

#include <gtest/gtest.h>

#include <functional>

namespace jinhuan::alliance {
namespace {

v1::Member ValidMember() {
  v1::Member member;
  member.set_display_name("中环银行");
  member.set_uscc("91350100M000100Y43");
  member.set_sector(v1::SECTOR_FINANCE);
  member.set_tier(v1::TIER_COUNCIL);
  member.set_party_member_count(12);
  member.set_liaison_phone("13812341234");
  return member;
}

std::string ReasonWith(const std::function<void(v1::Member&)>& change,
                       std::string_view known_phone = "") {
  v1::Member member = ValidMember();
  change(member);
  Violations violations;
  CheckMember(member, known_phone, violations);
  return ReasonOf(violations.ToStatus());
}

TEST(MemberRules, FieldsHaveTheirLimits) {
  EXPECT_EQ(ReasonWith([](v1::Member&) {}), "");
  EXPECT_EQ(ReasonWith([](v1::Member& m) { m.clear_uscc(); }), "");
  EXPECT_EQ(ReasonWith([](v1::Member& m) { m.clear_liaison_phone(); }), "");
  EXPECT_EQ(ReasonWith([](v1::Member& m) { m.clear_display_name(); }), "FIELD_REQUIRED");
  EXPECT_EQ(ReasonWith([](v1::Member& m) { m.set_display_name(std::string(61, 'x')); }),
            "FIELD_INVALID");
  EXPECT_EQ(ReasonWith([](v1::Member& m) { m.set_uscc("91350100M000100Y4Z"); }), "USCC_INVALID");
  EXPECT_EQ(ReasonWith([](v1::Member& m) { m.clear_sector(); }), "FIELD_REQUIRED");
  EXPECT_EQ(ReasonWith([](v1::Member& m) { m.set_sector(static_cast<v1::Sector>(9)); }),
            "FIELD_INVALID");
  EXPECT_EQ(ReasonWith([](v1::Member& m) { m.set_party_member_count(-1); }), "FIELD_INVALID");
  EXPECT_EQ(ReasonWith([](v1::Member& m) { m.set_party_member_count(1'000'001); }),
            "FIELD_INVALID");
  EXPECT_EQ(ReasonWith([](v1::Member& m) { m.set_address(std::string(121, 'x')); }),
            "FIELD_INVALID");
  EXPECT_EQ(ReasonWith([](v1::Member& m) { m.set_grid(std::string(41, 'x')); }), "FIELD_INVALID");
}

TEST(MemberRules, MaskedPhoneIsValidOnlyWhenItIsTheStoredOne) {
  const auto masked = [](v1::Member& m) { m.set_liaison_phone("138****1234"); };
  EXPECT_EQ(ReasonWith(masked), "PHONE_INVALID");
  EXPECT_EQ(ReasonWith(masked, "138****1234"), "");
  EXPECT_EQ(ReasonWith(masked, "139****1234"), "PHONE_INVALID");
}

TEST(MemberRules, NormaliseFillsTierAndRaisesUscc) {
  v1::Member member;
  member.set_uscc("91350100m000100y43");
  NormaliseMember(member);
  EXPECT_EQ(member.uscc(), "91350100M000100Y43");
  EXPECT_EQ(member.tier(), v1::TIER_ORDINARY);
}

TEST(MemberRules, AllianceNeedsAZoneOfTheIanaList) {
  const auto reason_for = [](const std::string& zone) {
    v1::Alliance alliance;
    alliance.set_display_name("金色中环");
    alliance.set_time_zone(zone);
    Violations violations;
    CheckAlliance(alliance, violations);
    return ReasonOf(violations.ToStatus());
  };
  EXPECT_EQ(reason_for("Asia/Shanghai"), "");
  EXPECT_EQ(reason_for("UTC"), "");
  for (const char* zone :
       {"", "Asia/Nowhere", "/etc/localtime", "localtime", "../passwd", "file:Asia/Shanghai"}) {
    EXPECT_EQ(reason_for(zone), "FIELD_INVALID") << zone;
  }
}

TEST(MemberRules, AllianceId) {
  EXPECT_TRUE(IsAllianceId("zhonghuan"));
  EXPECT_TRUE(IsAllianceId("a1-b"));
  for (const char* id : {"", "a", "1a", "-a", "A1", "a_b", "a/b"}) {
    EXPECT_FALSE(IsAllianceId(id)) << id;
  }
  EXPECT_FALSE(IsAllianceId(std::string(37, 'a')));
}

}  // namespace
}  // namespace jinhuan::alliance
