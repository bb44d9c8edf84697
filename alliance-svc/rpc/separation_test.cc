// The three administrators (三员): none becomes another alone.
#include "alliance-svc/rpc/account_fixture.h"

namespace jinhuan::alliance {
namespace {

using auth::v1::Role;

class SeparationTest : public AccountFixture {
 protected:
  static constexpr char kOther[] = "jinhuan-2027";

  absl::Status Reset(const std::string& name) {
    v1::ResetPasswordRequest request;
    request.set_name(name);
    request.set_password(kOther);
    return Call(*users_, &Users::ResetPassword, system_admin_, request).status();
  }

  std::string Holder(const std::string& login, Role role) {
    const std::string name = MakeUser(login).name();
    EXPECT_TRUE(Grant(name, role).ok());
    return name;
  }
};

TEST_F(SeparationTest, TheSystemAdministratorSetsNoPasswordOfTheOthers) {
  for (const Role role : {auth::v1::ROLE_SECURITY_ADMIN, auth::v1::ROLE_AUDIT_ADMIN}) {
    const std::string login = "holder" + std::to_string(role);
    const std::string name = Holder(login, role);
    const std::string token = Token(login);
    const size_t entries = Entries().size();
    EXPECT_EQ(ReasonOf(Reset(name)), "ADMINISTRATOR_PASSWORD");
    EXPECT_EQ(Entries().size(), entries);
    EXPECT_TRUE(Resolve(token).ok());  // it was not even signed out
    EXPECT_TRUE(SignIn(login, kPassword).ok());
    EXPECT_EQ(ReasonOf(SignIn(login, kOther).status()), "PASSWORD_WRONG");
  }
  EXPECT_TRUE(Reset(Holder("second.sys", auth::v1::ROLE_SYSTEM_ADMIN)).ok());
}

// The way for who forgot it takes two administrators and the person.
TEST_F(SeparationTest, WhoForgotItGetsTheRoleAgainWithAPasswordOfItsOwn) {
  options_.change_first_password = true;
  for (const Role role :
       {auth::v1::ROLE_SYSTEM_ADMIN, auth::v1::ROLE_SECURITY_ADMIN, auth::v1::ROLE_AUDIT_ADMIN}) {
    const std::string login = "holder" + std::to_string(role);
    const std::string name = MakeUser(login).name();
    // The first password is known to whoever made the account.
    EXPECT_EQ(ReasonOf(Grant(name, role).status()), "PASSWORD_NOT_OWN");
    ASSERT_TRUE(ChangePassword(CallerOf(Token(login)), kPassword, "jinhuan-own-1").ok());
    ASSERT_TRUE(Grant(name, role).ok());
    options_.change_first_password = false;
    Holder("another" + std::to_string(role), role);
    options_.change_first_password = true;

    ASSERT_TRUE(Revoke(name, role).ok());
    ASSERT_TRUE(Reset(name).ok());
    EXPECT_EQ(ReasonOf(Grant(name, role).status()), "PASSWORD_NOT_OWN");
    EXPECT_EQ(Get(name)->grants_size(), 0);
    ASSERT_TRUE(ChangePassword(CallerOf(Token(login, kOther)), kOther, "jinhuan-own-2").ok());
    EXPECT_EQ(Grant(name, role)->grants_size(), 1);
  }
}

TEST_F(SeparationTest, NobodyGivesItselfAnotherRole) {
  const std::string name = Holder("sec", auth::v1::ROLE_SECURITY_ADMIN);
  v1::GrantRoleRequest request;
  request.set_name(name);
  for (const Role role : {auth::v1::ROLE_SYSTEM_ADMIN, auth::v1::ROLE_AUDIT_ADMIN}) {
    request.mutable_grant()->set_role(role);
    EXPECT_EQ(ReasonOf(Call(*users_, &Users::GrantRole, CallerOf(Token("sec")), request).status()),
              "ROLES_EXCLUSIVE");
    EXPECT_EQ(ReasonOf(Call(*users_, &Users::GrantRole, system_admin_, request).status()),
              "ROLE_REQUIRED");
  }
  EXPECT_EQ(ReasonOf(Revoke(name, auth::v1::ROLE_SECURITY_ADMIN).status()), "LAST_ADMINISTRATOR");
}

// Nothing of who had the login is left for who gets it.
TEST_F(SeparationTest, ALoginThatIsUsedAgainHasNoRole) {
  Holder("audit", auth::v1::ROLE_AUDIT_ADMIN);
  const std::string erased = Holder("audit2", auth::v1::ROLE_AUDIT_ADMIN);
  ASSERT_TRUE(Erase(erased).ok());
  const v1::User again = MakeUser("audit2");
  EXPECT_NE(again.name(), erased);
  EXPECT_EQ(again.grants_size(), 0);
  EXPECT_EQ(CallerOf(Token("audit2")).caller.grants_size(), 0);
}

}  // namespace
}  // namespace jinhuan::alliance
