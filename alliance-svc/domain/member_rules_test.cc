#include "alliance-svc/domain/member_rules.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

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
                       const std::string& known_phone = "") {
  v1::Member member = ValidMember();
  change(member);
  v1::Member stored;
  stored.set_liaison_phone(known_phone);
  stored.set_deputy_liaison_phone(known_phone);
  Violations violations;
  CheckMember(member, stored, violations);
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
  const std::string line_60(60, 'x');
  const std::string line_61(61, 'x');
  EXPECT_EQ(ReasonWith([&](v1::Member& m) { m.set_superior_organization(line_60); }), "");
  EXPECT_EQ(ReasonWith([&](v1::Member& m) { m.set_superior_organization(line_61); }),
            "FIELD_INVALID");
  EXPECT_EQ(ReasonWith([&](v1::Member& m) { m.set_joint_branch(line_60); }), "");
  EXPECT_EQ(ReasonWith([&](v1::Member& m) { m.set_joint_branch(line_61); }), "FIELD_INVALID");
  EXPECT_EQ(ReasonWith([](v1::Member& m) { m.set_joint_branch("a\nb"); }), "FIELD_INVALID");
  EXPECT_EQ(ReasonWith([](v1::Member& m) { m.set_deputy_liaison_title(std::string(41, 'x')); }),
            "FIELD_INVALID");
  EXPECT_EQ(ReasonWith([](v1::Member& m) { m.set_deputy_liaison_phone("1381234123"); }),
            "PHONE_INVALID");
}

TEST(MemberRules, ALocationIsOnTheGlobe) {
  const auto at = [](double latitude, double longitude) {
    return ReasonWith([&](v1::Member& m) {
      m.mutable_location()->set_latitude(latitude);
      m.mutable_location()->set_longitude(longitude);
    });
  };
  EXPECT_EQ(at(31.23, 121.47), "");
  EXPECT_EQ(at(90, 180), "");
  EXPECT_EQ(at(-90, -180), "");
  EXPECT_EQ(at(90.001, 0), "FIELD_INVALID");
  EXPECT_EQ(at(0, -180.001), "FIELD_INVALID");
  EXPECT_EQ(at(std::nan(""), 0), "FIELD_INVALID");
  EXPECT_EQ(at(0, std::numeric_limits<double>::infinity()), "FIELD_INVALID");
}

TEST(MemberRules, FieldsAreCalledAsTheCallerDoes) {
  v1::Member member = ValidMember();
  member.set_uscc("1");
  Violations violations;
  CheckMember(member, v1::Member(), violations,
              [](std::string_view field) { return "列:" + std::string(field); });
  google::rpc::BadRequest details;
  details.ParseFromString(
      std::string(*violations.ToStatus().GetPayload("type.googleapis.com/google.rpc.BadRequest")));
  EXPECT_EQ(details.field_violations(0).field(), "列:uscc");
}

TEST(MemberRules, MaskedPhoneIsValidOnlyWhenItIsTheStoredOne) {
  const auto masked = [](v1::Member& m) { m.set_liaison_phone("138****1234"); };
  EXPECT_EQ(ReasonWith(masked), "PHONE_INVALID");
  EXPECT_EQ(ReasonWith(masked, "138****1234"), "");
  EXPECT_EQ(ReasonWith(masked, "139****1234"), "PHONE_INVALID");
  const auto second = [](v1::Member& m) { m.set_deputy_liaison_phone("138****1234"); };
  EXPECT_EQ(ReasonWith(second), "PHONE_INVALID");
  EXPECT_EQ(ReasonWith(second, "138****1234"), "");
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
  EXPECT_EQ(reason_for(""), "FIELD_REQUIRED");
  for (const char* zone :
       {"Asia/Nowhere", "/etc/localtime", "localtime", "../passwd", "file:Asia/Shanghai"}) {
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
