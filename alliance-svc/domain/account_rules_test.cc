#include "alliance-svc/domain/account_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace jinhuan::alliance {
namespace {

std::string ReasonForPassword(const std::string& password) {
  Violations violations;
  CheckPassword("password", password, violations);
  return ReasonOf(violations.ToStatus());
}

TEST(AccountRules, Login) {
  for (const char* login : {"ab", "li.wei", "zhonghuan-01", "a_b", "007"}) {
    EXPECT_TRUE(IsLogin(login)) << login;
  }
  for (const char* login : {"", "a", "Li", "li wei", "李伟", "a@b", "a\nb"}) {
    EXPECT_FALSE(IsLogin(login)) << login;
  }
  EXPECT_TRUE(IsLogin(std::string(64, 'a')));
  EXPECT_FALSE(IsLogin(std::string(65, 'a')));
}

TEST(AccountRules, PasswordNeedsLengthLetterAndDigit) {
  EXPECT_EQ(ReasonForPassword("jinhuan-26"), "");
  EXPECT_EQ(ReasonForPassword("金环金环金环金环金8"), "");
  std::string longest(128, 'a');
  longest.back() = '1';
  EXPECT_EQ(ReasonForPassword(longest), "");
  EXPECT_EQ(ReasonForPassword(""), "FIELD_REQUIRED");
  EXPECT_EQ(ReasonForPassword("jinhuan-6"), "PASSWORD_WEAK");
  EXPECT_EQ(ReasonForPassword("金环金环金环金环8"), "PASSWORD_WEAK");  // nine characters
  EXPECT_EQ(ReasonForPassword("jinhuanjinhuan"), "PASSWORD_WEAK");
  EXPECT_EQ(ReasonForPassword("1234567890"), "PASSWORD_WEAK");
  longest.push_back('1');
  EXPECT_EQ(ReasonForPassword(longest), "PASSWORD_WEAK");
  EXPECT_EQ(ReasonForPassword("jinhuan-26\xFF"), "PASSWORD_WEAK");
}

TEST(AccountRules, AnErrorNeverHoldsThePassword) {
  Violations violations;
  CheckPassword("password", "hunter2", violations);
  EXPECT_THAT(violations.ToStatus().ToString(), testing::Not(testing::HasSubstr("hunter2")));
}

TEST(AccountRules, UserTellsEveryFieldAtOnce) {
  Violations violations;
  CheckUser(v1::User(), violations);
  const std::string text = violations.ToStatus().ToString();
  EXPECT_THAT(text, testing::HasSubstr("user.login"));
  EXPECT_THAT(text, testing::HasSubstr("user.display_name"));
}

TEST(AccountRules, ReasonIsOneToTwoHundredCharacters) {
  const auto reason_for = [](const std::string& reason) {
    Violations violations;
    CheckReason(reason, violations);
    return ReasonOf(violations.ToStatus());
  };
  std::string longest;
  for (int i = 0; i < 200; ++i) longest += "因";
  EXPECT_EQ(reason_for(longest), "");
  EXPECT_EQ(reason_for(longest + "因"), "FIELD_INVALID");
  EXPECT_EQ(reason_for(""), "FIELD_REQUIRED");
  EXPECT_EQ(reason_for(" \n "), "FIELD_REQUIRED");
}

TEST(AccountRules, LineHasNoLineEndAndIsNotBlank) {
  const auto reason_for = [](const std::string& text, size_t min) {
    Violations violations;
    CheckLine("field", text, min, 5, violations);
    return ReasonOf(violations.ToStatus());
  };
  EXPECT_EQ(reason_for("党建专员一", 1), "");
  EXPECT_EQ(reason_for("党建\n员", 1), "FIELD_INVALID");
  EXPECT_EQ(reason_for("党建专员一二", 1), "FIELD_INVALID");
  EXPECT_EQ(reason_for("   ", 1), "FIELD_REQUIRED");
  EXPECT_EQ(reason_for("", 0), "");
}

}  // namespace
}  // namespace jinhuan::alliance
