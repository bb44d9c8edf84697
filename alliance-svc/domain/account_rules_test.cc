#include "alliance-svc/domain/account_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace jinhuan::alliance {
namespace {

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

TEST(AccountRules, UserTellsEveryFieldAtOnce) {
  Violations violations;
  CheckUser(v1::User(), "", violations);
  const std::string text = violations.ToStatus().ToString();
  EXPECT_THAT(text, testing::HasSubstr("user.login"));
  EXPECT_THAT(text, testing::HasSubstr("user.display_name"));
}

TEST(AccountRules, APhoneIsAMobileNumberOrTheOneThatIsKnown) {
  const auto reason_for = [](const std::string& phone, const std::string& known) {
    v1::User user;
    user.set_login("li.wei");
    user.set_display_name("党建专员");
    user.set_phone(phone);
    Violations violations;
    CheckUser(user, known, violations);
    return ReasonOf(violations.ToStatus());
  };
  EXPECT_EQ(reason_for("", ""), "");
  EXPECT_EQ(reason_for("13812341234", ""), "");
  EXPECT_EQ(reason_for("138****1234", "138****1234"), "");
  EXPECT_EQ(reason_for("138****1234", "139****1234"), "PHONE_INVALID");
  EXPECT_EQ(reason_for("02112345678", ""), "PHONE_INVALID");
}

TEST(AccountRules, AServiceAccountNeedsATitleAndGoodScopes) {
  v1::ServiceAccount account;
  account.add_scopes("nonsense");
  Violations violations;
  CheckServiceAccount(account, violations);
  const std::string text = violations.ToStatus().ToString();
  EXPECT_THAT(text, testing::HasSubstr("service_account.display_name"));
  EXPECT_THAT(text, testing::HasSubstr("service_account.scopes"));
}

TEST(AccountRules, CertificateNameIsADnsNameInLowerCase) {
  const auto good = [](std::string_view name) {
    Violations violations;
    CheckCertificateName("certificate_name", name, violations);
    return violations.ToStatus().ok();
  };
  for (const char* name : {"", "a", "city.example.org", "a-b.c9"}) EXPECT_TRUE(good(name)) << name;
  for (const char* name :
       {".", "a.", ".a", "a..b", "-a", "a-", "a-.b", "a.-b", "A", "*.a", "a b"}) {
    EXPECT_FALSE(good(name)) << name;
  }
  EXPECT_TRUE(good(std::string(253, 'a')));
  EXPECT_FALSE(good(std::string(254, 'a')));
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
