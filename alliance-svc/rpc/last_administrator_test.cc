#include <atomic>

#include "alliance-svc/rpc/account_fixture.h"

namespace jinhuan::alliance {
namespace {

using auth::v1::Role;

class LastAdministratorTest : public AccountFixture {
 protected:
  std::string Administrator(const std::string& login, Role role) {
    const std::string name = MakeUser(login).name();
    EXPECT_TRUE(Grant(name, role).ok());
    return name;
  }
};

TEST_F(LastAdministratorTest, NobodyTakesTheLastOneOfEachRoleAway) {
  for (const Role role :
       {auth::v1::ROLE_SYSTEM_ADMIN, auth::v1::ROLE_SECURITY_ADMIN, auth::v1::ROLE_AUDIT_ADMIN}) {
    const std::string number = std::to_string(role);
    const std::string only = Administrator("only" + number, role);
    EXPECT_EQ(ReasonOf(Disable(only).status()), "LAST_ADMINISTRATOR");
    EXPECT_EQ(ReasonOf(Erase(only).status()), "LAST_ADMINISTRATOR");
    EXPECT_EQ(ReasonOf(Revoke(only, role).status()), "LAST_ADMINISTRATOR");
    EXPECT_EQ(Get(only)->state(), v1::User::STATE_ACTIVE);
    EXPECT_EQ(Get(only)->grants_size(), 1);
    // One who is shut out is no other holder.
    const std::string second = Administrator("second" + number, role);
    ASSERT_TRUE(Disable(second).ok());
    EXPECT_EQ(ReasonOf(Revoke(only, role).status()), "LAST_ADMINISTRATOR");
    ASSERT_TRUE(Enable(second).ok());
    EXPECT_TRUE(Revoke(only, role).ok());
    EXPECT_EQ(ReasonOf(Disable(second).status()), "LAST_ADMINISTRATOR");
  }
}

TEST_F(LastAdministratorTest, OneWhoIsShutOutMayLoseTheRole) {
  Administrator("first", auth::v1::ROLE_AUDIT_ADMIN);
  const std::string second = Administrator("second", auth::v1::ROLE_AUDIT_ADMIN);
  ASSERT_TRUE(Disable(second).ok());
  EXPECT_EQ(Revoke(second, auth::v1::ROLE_AUDIT_ADMIN)->grants_size(), 0);
}

// Whatever two do at once to the last two, one of these stays.
TEST_F(LastAdministratorTest, OfTwoAtOnceOneStays) {
  const Role role = auth::v1::ROLE_SECURITY_ADMIN;
  const std::vector<std::function<absl::Status(const std::string&)>> ways = {
      [&](const std::string& name) { return Revoke(name, role).status(); },
      [&](const std::string& name) { return Disable(name).status(); },
      [&](const std::string& name) { return Erase(name).status(); },
  };
  for (int round = 0; round < 9; ++round) {
    Empty();
    const std::string first = Administrator("first", role);
    const std::string second = Administrator("second", role);
    std::atomic<int> refused = 0;
    AtOnce(2, [&](int i) {
      const auto& way = ways[static_cast<size_t>(i == 0 ? round % 3 : round / 3)];
      const absl::Status status = way(i == 0 ? first : second);
      if (ReasonOf(status) == "LAST_ADMINISTRATOR") ++refused;
    });
    EXPECT_EQ(refused, 1) << round;
    int holders = 0;
    for (const std::string& name : {first, second}) {
      const auto user = Get(name);
      holders += user->state() == v1::User::STATE_ACTIVE && user->grants_size() == 1 ? 1 : 0;
    }
    EXPECT_EQ(holders, 1) << round;
  }
}

}  // namespace
}  // namespace jinhuan::alliance
