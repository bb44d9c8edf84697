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

  absl::Status LinkCalendar(const TestCaller& as) {
    return Call(*calendars_, &v1::CalendarService::Stub::CreateCalendarLink, as,
                v1::CreateCalendarLinkRequest())
        .status();
  }

  // As LinkSignOn does once the provider has answered.
  absl::Status LinkIdentity(const std::string& user, const std::string& subject) {
    api::Call call;
    call.method = "test";
    call.caller.set_name(user);
    call.now = clock_.Now();
    return db::InTransaction(
        database_->pool(), absl::Now() + absl::Seconds(10), [&](db::Connection& connection) {
          return stores_.sign_on.Replace(connection, call, Identity(subject)).status();
        });
  }
  static SignOnIdentity Identity(const std::string& subject) {
    return {.issuer = "https://id.example.org", .subject = subject};
  }

  // Who is signed in by the identity; "" for nobody.
  std::string WhoIs(const std::string& subject) {
    const auto user = db::Read<std::optional<std::string>>(
        database_->pool(), absl::Now() + absl::Seconds(10), [&](db::Connection& connection) {
          return stores_.sign_on.FindUser(connection, Identity(subject));
        });
    EXPECT_TRUE(user.ok()) << user.status();
    return user.ok() ? user->value_or("") : "";
  }
  bool HasCalendar(const std::string& user) {
    const auto link = db::Read<std::optional<v1::CalendarLink>>(
        database_->pool(), absl::Now() + absl::Seconds(10),
        [&](db::Connection& connection) { return stores_.calendar_links.Find(connection, user); });
    EXPECT_TRUE(link.ok()) << link.status();
    return link.ok() && link->has_value();
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

// Who knows the first password makes itself no way in that outlasts it.
TEST_F(SeparationTest, TheFirstPasswordLinksNothing) {
  options_.change_first_password = true;
  const std::string name = MakeUser("li.wei").name();
  const TestCaller knowing = CallerOf(Token("li.wei"));
  EXPECT_EQ(ReasonOf(LinkCalendar(knowing)), "PASSWORD_CHANGE_REQUIRED");
  ASSERT_TRUE(ChangePassword(CallerOf(Token("li.wei")), kPassword, kOther).ok());
  // The gateway goes by what it knew for some seconds more.
  EXPECT_EQ(ReasonOf(LinkCalendar(knowing)), "SIGN_IN_REQUIRED");
  EXPECT_FALSE(HasCalendar(name));
  EXPECT_TRUE(LinkCalendar(CallerOf(Token("li.wei", kOther))).ok());
}

TEST_F(SeparationTest, NoLinkOutlastsAPasswordThatAnotherKnew) {
  const std::string name = MakeUser("li.wei").name();
  const auto link = [&](const std::string& password) {
    ASSERT_TRUE(LinkCalendar(CallerOf(Token("li.wei", password))).ok());
    ASSERT_TRUE(LinkIdentity(name, "someone").ok());
  };
  link(kPassword);
  options_.change_first_password = true;
  ASSERT_TRUE(Reset(name).ok());
  EXPECT_EQ(WhoIs("someone"), "");
  EXPECT_FALSE(HasCalendar(name));

  // One that was made while the password was known, by whatever way.
  ASSERT_TRUE(LinkIdentity(name, "the system administrator").ok());
  ASSERT_TRUE(ChangePassword(CallerOf(Token("li.wei", kOther)), kOther, "jinhuan-own-1").ok());
  EXPECT_EQ(WhoIs("the system administrator"), "");
  ASSERT_TRUE(Grant(name, auth::v1::ROLE_AUDIT_ADMIN).ok());

  // A person's own stay when it changes its own password.
  link("jinhuan-own-1");
  ASSERT_TRUE(
      ChangePassword(CallerOf(Token("li.wei", "jinhuan-own-1")), "jinhuan-own-1", "jinhuan-own-2")
          .ok());
  EXPECT_EQ(WhoIs("someone"), name);
  EXPECT_TRUE(HasCalendar(name));
}

// The system administrator makes systems and their secrets, and reads nothing by them.
TEST_F(SeparationTest, TheSystemAdministratorBecomesNoSystem) {
  v1::CreateServiceAccountRequest create;
  create.mutable_service_account()->set_display_name("城运中心");
  create.mutable_service_account()->set_alliance(MakeAlliance("a1").name());
  create.mutable_service_account()->set_certificate_name("city.example.org");
  const auto made = Call(*users_, &Users::CreateServiceAccount, system_admin_, create);
  ASSERT_TRUE(made.ok()) << made.status();
  const v1::ServiceAccount& account = made->service_account();
  auth::v1::ResolveCredentialRequest certificate;
  certificate.add_certificate_names("city.example.org");
  const auto by_certificate = [&] {
    return ReasonOf(Call(*credentials_, &auth::v1::CredentialService::Stub::ResolveCredential,
                         As("services/gateway", auth::v1::ROLE_INTERNAL), certificate)
                        .status());
  };
  const auto by_secret = [&](const std::string& secret) {
    return ReasonOf(SystemToken(account.client_id(), secret).status());
  };
  EXPECT_EQ(by_secret(made->client_secret()), "SERVICE_ACCOUNT_WAITING");
  EXPECT_EQ(by_certificate(), "SIGN_IN_REQUIRED");
  v1::SetServiceAccountScopesRequest scopes;
  scopes.set_name(account.name());
  EXPECT_EQ(
      ReasonOf(Call(*users_, &Users::SetServiceAccountScopes, system_admin_, scopes).status()),
      "ROLE_REQUIRED");
  ASSERT_TRUE(SetScopes({}, account.name()).ok());
  EXPECT_EQ(by_secret(made->client_secret()), "");
  EXPECT_EQ(by_certificate(), "");

  // Nor one that others use.
  v1::RotateServiceAccountSecretRequest rotate;
  rotate.set_name(account.name());
  rotate.mutable_keep_old()->set_seconds(3600);
  const auto rotated = Call(*users_, &Users::RotateServiceAccountSecret, system_admin_, rotate);
  ASSERT_TRUE(rotated.ok()) << rotated.status();
  EXPECT_EQ(by_secret(rotated->client_secret()), "SERVICE_ACCOUNT_WAITING");
  EXPECT_EQ(by_secret(made->client_secret()), "");
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
