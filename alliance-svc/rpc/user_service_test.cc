#include <gmock/gmock.h>

#include <atomic>

#include "alliance-svc/rpc/service_fixture.h"

namespace jinhuan::alliance {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Stub = v1::UserService::Stub;

class UserServiceTest : public ServiceFixture {
 protected:
  absl::StatusOr<v1::User> Get(const std::string& name) {
    v1::GetUserRequest request;
    request.set_name(name);
    return Call(*users_, &Stub::GetUser, security_admin_, request);
  }

  const std::string alliance_ = MakeAlliance("a1").name();
};

TEST_F(UserServiceTest, CreatesAnAccountWithoutRoles) {
  const v1::User user = MakeUser("li.wei");
  EXPECT_EQ(user.state(), v1::User::STATE_ACTIVE);
  EXPECT_EQ(user.grants_size(), 0);
  EXPECT_EQ(Get(user.name())->SerializeAsString(), user.SerializeAsString());
  EXPECT_EQ(ReasonOf(Get("users/none").status()), "RESOURCE_NOT_FOUND");

  v1::CreateUserRequest request;
  request.mutable_user()->set_login("li.wei");
  request.mutable_user()->set_display_name("x");
  request.set_password(kPassword);
  EXPECT_EQ(ReasonOf(Call(*users_, &Stub::CreateUser, system_admin_, request).status()),
            "LOGIN_TAKEN");
  request.mutable_user()->set_login("li.wei2");
  request.set_password("short");
  EXPECT_EQ(ReasonOf(Call(*users_, &Stub::CreateUser, system_admin_, request).status()),
            "PASSWORD_WEAK");
  EXPECT_EQ(ReasonOf(Call(*users_, &Stub::CreateUser, security_admin_, request).status()),
            "ROLE_REQUIRED");
}

TEST_F(UserServiceTest, ARepeatedCreationIsToldByItsPasswordToo) {
  v1::CreateUserRequest request;
  request.mutable_user()->set_login("li.wei");
  request.mutable_user()->set_display_name("党建专员");
  request.set_password(kPassword);
  request.set_request_id("r1");
  const auto first = Call(*users_, &Stub::CreateUser, system_admin_, request);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(Call(*users_, &Stub::CreateUser, system_admin_, request)->name(), first->name());
  request.set_password("another-2026");
  EXPECT_EQ(ReasonOf(Call(*users_, &Stub::CreateUser, system_admin_, request).status()),
            "REQUEST_ID_REUSED");
}

TEST_F(UserServiceTest, GrantsAndRevokesWithNamesFilledIn) {
  const v1::User user = MakeUser("li.wei");
  const v1::Member member = Apply(alliance_, "中环银行");
  auto granted = Grant(user.name(), auth::v1::ROLE_LIAISON, alliance_, member.name());
  ASSERT_TRUE(granted.ok()) << granted.status();
  ASSERT_EQ(granted->grants_size(), 1);
  EXPECT_EQ(granted->grants(0).member(), member.name());
  EXPECT_EQ(granted->grants(0).member_display_name(), "中环银行");
  EXPECT_EQ(granted->grants(0).member_tier(), v1::TIER_ORDINARY);
  EXPECT_EQ(granted->grants(0).member_sector(), v1::SECTOR_COMPANY);
  const size_t entries = Entries().size();
  EXPECT_EQ(Grant(user.name(), auth::v1::ROLE_LIAISON, alliance_, member.name())->grants_size(), 1);
  EXPECT_EQ(Entries().size(), entries);  // to hold it already changes nothing

  v1::RevokeRoleRequest revoke;
  revoke.set_name(user.name());
  *revoke.mutable_grant() = granted->grants(0);
  EXPECT_EQ(Call(*users_, &Stub::RevokeRole, security_admin_, revoke)->grants_size(), 0);
  EXPECT_EQ(Entries().size(), entries + 1);
  EXPECT_EQ(Call(*users_, &Stub::RevokeRole, security_admin_, revoke)->grants_size(), 0);
  EXPECT_EQ(Entries().size(), entries + 1);
}

TEST_F(UserServiceTest, GrantsNothingThatIsNotThere) {
  const v1::User user = MakeUser("li.wei");
  EXPECT_EQ(ReasonOf(Grant("users/none", auth::v1::ROLE_STREET_ADMIN, alliance_).status()),
            "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Grant(user.name(), auth::v1::ROLE_STREET_ADMIN, "alliances/none").status()),
            "RESOURCE_NOT_FOUND");
  EXPECT_EQ(
      ReasonOf(Grant(user.name(), auth::v1::ROLE_STAFF, alliance_, alliance_ + "/members/none")
                   .status()),
      "RESOURCE_NOT_FOUND");
  EXPECT_EQ(
      ReasonOf(
          Grant(user.name(), auth::v1::ROLE_STAFF, alliance_, alliance_ + "/members/a/b").status()),
      "NAME_INVALID");
  EXPECT_EQ(ReasonOf(Grant(user.name(), auth::v1::ROLE_SYSTEM, alliance_).status()),
            "FIELD_INVALID");
  EXPECT_EQ(Get(user.name())->grants_size(), 0);
}

TEST_F(UserServiceTest, TheThreeAdministratorsExcludeEachOtherEvenAtOnce) {
  const std::vector<auth::v1::Role> roles = {
      auth::v1::ROLE_SYSTEM_ADMIN, auth::v1::ROLE_SECURITY_ADMIN, auth::v1::ROLE_AUDIT_ADMIN};
  for (int round = 0; round < 5; ++round) {
    const v1::User user = MakeUser("admin" + std::to_string(round));
    std::atomic<int> excluded = 0;
    AtOnce(3, [&](int i) {
      const auto granted = Grant(user.name(), roles[static_cast<size_t>(i)]);
      if (ReasonOf(granted.status()) == "ROLES_EXCLUSIVE") ++excluded;
    });
    EXPECT_EQ(excluded, 2);
    EXPECT_EQ(Get(user.name())->grants_size(), 1);
    EXPECT_EQ(ReasonOf(Grant(user.name(), auth::v1::ROLE_STREET_ADMIN, alliance_).status()),
              "ROLES_EXCLUSIVE");
  }
}

TEST_F(UserServiceTest, ListsByLoginInPages) {
  for (const char* login : {"c", "a", "b"}) MakeUser(std::string("user.") + login);
  ASSERT_TRUE(Grant(MakeUser("user.d").name(), auth::v1::ROLE_STREET_ADMIN, alliance_).ok());
  v1::ListUsersRequest request;
  request.set_page_size(2);
  std::string logins;
  do {
    const auto page = Call(*users_, &Stub::ListUsers, system_admin_, request);
    ASSERT_TRUE(page.ok()) << page.status();
    for (const v1::User& user : page->users()) {
      logins += user.login() + (user.grants_size() > 0 ? "+ " : " ");
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(logins, "user.a user.b user.c user.d+ ");
}

TEST_F(UserServiceTest, DisablesOnceAndForAReason) {
  const v1::User user = MakeUser("li.wei");
  v1::DisableUserRequest request;
  request.set_name(user.name());
  EXPECT_EQ(ReasonOf(Call(*users_, &Stub::DisableUser, system_admin_, request).status()),
            "FIELD_REQUIRED");
  request.set_reason("离职");
  EXPECT_EQ(Call(*users_, &Stub::DisableUser, system_admin_, request)->state(),
            v1::User::STATE_DISABLED);
  EXPECT_EQ(ReasonOf(Call(*users_, &Stub::DisableUser, system_admin_, request).status()),
            "STATE_WRONG");
  EXPECT_EQ(Entries().back().reason(), "离职");
}

TEST_F(UserServiceTest, TheSecretIsShownOnce) {
  v1::CreateServiceAccountRequest request;
  request.mutable_service_account()->set_display_name("城运中心");
  request.mutable_service_account()->set_alliance(alliance_);
  request.set_request_id("r1");
  const auto first = Call(*users_, &Stub::CreateServiceAccount, system_admin_, request);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->client_secret().size(), 43u);
  EXPECT_EQ("serviceAccounts/" + first->service_account().client_id(),
            first->service_account().name());
  const auto again = Call(*users_, &Stub::CreateServiceAccount, system_admin_, request);
  EXPECT_EQ(again->service_account().name(), first->service_account().name());
  EXPECT_EQ(again->client_secret(), "");
  for (const auto& entry : Entries()) {
    EXPECT_THAT(entry.SerializeAsString(), Not(HasSubstr(first->client_secret())));
  }
  request.mutable_service_account()->set_alliance("alliances/none");
  request.set_request_id("r2");
  EXPECT_EQ(ReasonOf(Call(*users_, &Stub::CreateServiceAccount, system_admin_, request).status()),
            "RESOURCE_NOT_FOUND");
}

}  // namespace
}  // namespace jinhuan::alliance
