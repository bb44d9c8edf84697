#include "alliance-svc/domain/password_policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace jinhuan::alliance {
namespace {

absl::Status StatusOf(const char* profile, const std::string& password,
                      const std::string& login = "li.wei") {
  Violations violations;
  PasswordPolicy::Named(profile)->Check("password", password, login, violations);
  return violations.ToStatus();
}

std::string Mlps(const std::string& password) { return ReasonOf(StatusOf("mlps", password)); }
std::string Asvs(const std::string& password) { return ReasonOf(StatusOf("asvs", password)); }

TEST(PasswordPolicy, OnlyTwoProfilesAreKnown) {
  EXPECT_FALSE(PasswordPolicy::Named("").has_value());
  EXPECT_FALSE(PasswordPolicy::Named("MLPS").has_value());
  const auto mlps = PasswordPolicy::Named("mlps");
  EXPECT_EQ(mlps->max_age(), absl::Hours(90 * 24));
  EXPECT_EQ(mlps->history(), 5);
  EXPECT_EQ(mlps->ToProto().min_classes(), 3);
  const auto asvs = PasswordPolicy::Named("asvs");
  EXPECT_EQ(asvs->max_age(), absl::InfiniteDuration());
  EXPECT_EQ(asvs->history(), 0);
  for (const auto& policy : {*mlps, *asvs}) {
    const std::string length = std::to_string(policy.ToProto().min_length());
    EXPECT_THAT(policy.ToProto().text(), testing::HasSubstr(length));
    EXPECT_THAT(policy.ToProto().text_en(), testing::HasSubstr(length));
  }
}

TEST(PasswordPolicy, MlpsWantsTenCharactersOfThreeClasses) {
  EXPECT_EQ(Mlps("jinhuan-demo-2026"), "");
  EXPECT_EQ(Mlps("jinhuan-26"), "");
  EXPECT_EQ(Mlps("Jinhuanxx6"), "");
  EXPECT_EQ(Mlps("金环金环金环金环a8"), "");
  EXPECT_EQ(Mlps(""), "FIELD_REQUIRED");
  EXPECT_EQ(Mlps("jinhuan-6"), "PASSWORD_WEAK");
  EXPECT_EQ(Mlps("金环金环金环金a8"), "PASSWORD_WEAK");  // nine characters
  EXPECT_EQ(Mlps("jinhuanjinhuan"), "PASSWORD_WEAK");
  EXPECT_EQ(Mlps("jinhuanjinhuan1"), "PASSWORD_WEAK");
  EXPECT_EQ(Mlps("1234567890"), "PASSWORD_WEAK");
  EXPECT_EQ(Mlps("jinhuan-26\xFF"), "PASSWORD_WEAK");
}

TEST(PasswordPolicy, AsvsWantsTwelveCharactersAndNothingCommon) {
  EXPECT_EQ(Asvs("sevenpurpleotters"), "");
  EXPECT_EQ(Asvs("十二个汉字也可以是一个密码"), "");
  EXPECT_EQ(Asvs("elevenchars"), "PASSWORD_WEAK");
  EXPECT_EQ(Asvs("woaini1314520"), "PASSWORD_WEAK");
  EXPECT_EQ(Asvs("jinhuan20262026"), "PASSWORD_WEAK");
  EXPECT_EQ(Asvs("li.wei20260101"), "PASSWORD_WEAK");
}

TEST(PasswordPolicy, BothTakeAtMost128Characters) {
  std::string longest;
  for (int i = 0; i < 32; ++i) longest += "aX-" + std::to_string(i % 10);
  ASSERT_EQ(longest.size(), 128u);
  for (const char* profile : {"mlps", "asvs"}) {
    EXPECT_EQ(ReasonOf(StatusOf(profile, longest)), "");
    EXPECT_EQ(ReasonOf(StatusOf(profile, longest + "x")), "PASSWORD_WEAK");
  }
}

TEST(PasswordPolicy, AnErrorSaysTheRuleInBothLanguagesButNeverThePassword) {
  const std::string text = StatusOf("mlps", "hunter2").ToString();
  EXPECT_THAT(text, testing::HasSubstr("at least 10 characters"));
  EXPECT_THAT(text, testing::Not(testing::HasSubstr("hunter2")));
  bool localized = false;
  StatusOf("mlps", "hunter2").ForEachPayload([&](absl::string_view, const absl::Cord& payload) {
    localized = localized || std::string(payload).find("至少 10 个字符") != std::string::npos;
  });
  EXPECT_TRUE(localized);
}

}  // namespace
}  // namespace jinhuan::alliance
