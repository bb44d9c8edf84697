#include "alliance-svc/domain/bootstrap_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace jinhuan::alliance {
namespace {

TEST(BootstrapFile, ReadsAccounts) {
  const auto accounts = ParseBootstrapFile(
      "# the first accounts\n"
      "\n"
      "sysadmin jinhuan-2026 ROLE_SYSTEM_ADMIN 系统 管理员\r\n"
      "audit  jinhuan-2027\tROLE_AUDIT_ADMIN Auditor",
      *PasswordPolicy::Named("mlps"));
  ASSERT_TRUE(accounts.ok()) << accounts.status();
  ASSERT_EQ(accounts->size(), 2u);
  EXPECT_EQ((*accounts)[0].login, "sysadmin");
  EXPECT_EQ((*accounts)[0].password, "jinhuan-2026");
  EXPECT_EQ((*accounts)[0].role, auth::v1::ROLE_SYSTEM_ADMIN);
  EXPECT_EQ((*accounts)[0].display_name, "系统 管理员");
  EXPECT_EQ((*accounts)[1].role, auth::v1::ROLE_AUDIT_ADMIN);
}

TEST(BootstrapFile, SaysWhichLineIsWrongButNotThePassword) {
  const std::string good = "sysadmin jinhuan-2026 ROLE_SYSTEM_ADMIN 系统管理员\n";
  for (const char* bad :
       {"a hunter2 ROLE_AUDIT_ADMIN x", "audit hunter2 ROLE_AUDIT_ADMIN x",
        "audit hunter2-hunter2 ROLE_STREET_ADMIN x", "audit hunter2-hunter2 ROLE_AUDIT_ADMIN",
        "audit hunter2", "audit hunter2-hunter2 ROLE_SYSTEM_ADMIN x",
        "sysadmin hunter2-hunter2 ROLE_AUDIT_ADMIN x"}) {
    const auto accounts = ParseBootstrapFile(good + bad, *PasswordPolicy::Named("mlps"));
    EXPECT_EQ(accounts.status().code(), absl::StatusCode::kInvalidArgument) << bad;
    EXPECT_THAT(std::string(accounts.status().message()), testing::StartsWith("line 2: "));
    EXPECT_THAT(accounts.status().ToString(), testing::Not(testing::HasSubstr("hunter2")));
  }
}

}  // namespace
}  // namespace jinhuan::alliance
