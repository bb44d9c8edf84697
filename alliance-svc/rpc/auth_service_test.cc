#include <gmock/gmock.h>

#include <atomic>

#include "alliance-svc/rpc/housekeeper.h"
#include "alliance-svc/rpc/service_fixture.h"

namespace jinhuan::alliance {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Stub = v1::AuthService::Stub;

class AuthServiceTest : public ServiceFixture {
 protected:
  std::string Token(const std::string& login) {
    const auto answer = SignIn(login, kPassword);
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.value_or(v1::SignInResponse()).session_token();
  }

  absl::Status ChangePassword(const TestCaller& as, const std::string& from, const std::string& to,
                              const std::string& request_id = "") {
    v1::ChangePasswordRequest request;
    request.set_old_password(from);
    request.set_new_password(to);
    request.set_request_id(request_id);
    return Call(*auth_, &Stub::ChangePassword, as, request).status();
  }

  absl::StatusOr<v1::Session> GetSession(const TestCaller& as) {
    return Call(*auth_, &Stub::GetSession, as, v1::GetSessionRequest());
  }

  absl::Status Disable(const v1::User& user) {
    v1::DisableUserRequest request;
    request.set_name(user.name());
    request.set_reason("离职");
    return Call(*users_, &v1::UserService::Stub::DisableUser, system_admin_, request).status();
  }

  const v1::User user_ = MakeUser("li.wei");
};

TEST_F(AuthServiceTest, TheTokenGoesWhereItWasAskedFor) {
  v1::SignInRequest request;
  request.set_login("li.wei");
  request.set_password(kPassword);
  std::optional<std::string> cookie;
  auto answer = Call(*auth_, &Stub::SignIn, {}, request, &cookie);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->session_token(), "");
  ASSERT_TRUE(cookie.has_value());
  EXPECT_EQ(cookie->size(), 43u);
  EXPECT_EQ(Resolve(*cookie)->name(), user_.name());
  EXPECT_EQ(answer->session().caller().display_name(), "党建专员");
  EXPECT_EQ(answer->session().expire_time().seconds(),
            absl::ToUnixSeconds(clock_.Now() + absl::Hours(12)));

  request.set_delivery(v1::SESSION_DELIVERY_BODY);
  answer = Call(*auth_, &Stub::SignIn, {}, request, &cookie);
  EXPECT_EQ(Resolve(answer->session_token())->name(), user_.name());
  EXPECT_FALSE(cookie.has_value());
}

TEST_F(AuthServiceTest, WrongPasswordUnknownLoginAndDisabledUserLookTheSame) {
  const v1::User gone = MakeUser("gone");
  ASSERT_TRUE(Disable(gone).ok());
  const absl::Status wrong = SignIn("li.wei", "wrong-2026").status();
  EXPECT_EQ(ReasonOf(wrong), "PASSWORD_WRONG");
  EXPECT_EQ(SignIn("nobody", kPassword).status(), wrong);
  EXPECT_EQ(SignIn("Not A Login!", kPassword).status(), wrong);
  EXPECT_EQ(SignIn("", "").status(), wrong);
  EXPECT_EQ(SignIn("gone", kPassword).status(), wrong);
}

TEST_F(AuthServiceTest, FiveWrongPasswordsRefuseTheLoginForAWhile) {
  for (const char* login : {"li.wei", "nobody"}) {
    for (int i = 0; i < 5; ++i) {
      EXPECT_EQ(ReasonOf(SignIn(login, "wrong-2026").status()), "PASSWORD_WRONG");
    }
    EXPECT_EQ(ReasonOf(SignIn(login, kPassword).status()), "RATE_LIMITED");
  }
  const auto entries = Entries();
  EXPECT_EQ(entries.back().resource(), user_.name());
  EXPECT_EQ(entries.back().reason(), "refused after 5 wrong passwords from 192.0.2.1");
  EXPECT_THAT(SignIn("li.wei", kPassword).status().ToString(), HasSubstr("900 s"));
  clock_.Advance(absl::Minutes(15) - absl::Seconds(1));
  EXPECT_EQ(ReasonOf(SignIn("li.wei", kPassword).status()), "RATE_LIMITED");
  clock_.Advance(absl::Seconds(1));
  EXPECT_EQ(ReasonOf(SignIn("li.wei", "wrong-2026").status()), "PASSWORD_WRONG");
  EXPECT_TRUE(SignIn("li.wei", kPassword).ok());
}

TEST_F(AuthServiceTest, ARightPasswordForgivesTheWrongOnes) {
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 4; ++i) {
      EXPECT_EQ(ReasonOf(SignIn("li.wei", "wrong-2026").status()), "PASSWORD_WRONG");
    }
    EXPECT_TRUE(SignIn("li.wei", kPassword).ok());
  }
}

TEST_F(AuthServiceTest, OfGuessesAtOnceFiveLearnAnything) {
  std::atomic<int> wrong = 0;
  std::atomic<int> limited = 0;
  AtOnce(16, [&](int) {
    const std::string reason = ReasonOf(SignIn("li.wei", "wrong-2026").status());
    wrong += reason == "PASSWORD_WRONG";
    limited += reason == "RATE_LIMITED";
  });
  EXPECT_EQ(wrong, 5);
  EXPECT_EQ(limited, 11);
}

TEST_F(AuthServiceTest, SignOutEndsThatSessionAlone) {
  const std::string first = Token("li.wei");
  const std::string second = Token("li.wei");
  std::optional<std::string> cookie;
  ASSERT_TRUE(Call(*auth_, &Stub::SignOut, CallerOf(first), v1::SignOutRequest(), &cookie).ok());
  EXPECT_EQ(cookie, "");
  EXPECT_EQ(ReasonOf(Resolve(first).status()), "SIGN_IN_REQUIRED");
  EXPECT_TRUE(Resolve(second).ok());
  EXPECT_EQ(ReasonOf(Call(*auth_, &Stub::SignOut, {}, v1::SignOutRequest()).status()),
            "SIGN_IN_REQUIRED");
}

TEST_F(AuthServiceTest, ASessionEndsByItselfAndIsTidiedAway) {
  const std::string token = Token("li.wei");
  clock_.Advance(absl::Hours(12) - absl::Seconds(1));
  EXPECT_TRUE(Resolve(token).ok());
  ASSERT_TRUE(Housekeeper::Tidy(database_->pool(), stores_, ids_, clock_.Now()).ok());
  EXPECT_TRUE(Resolve(token).ok());
  clock_.Advance(absl::Seconds(1));
  EXPECT_EQ(ReasonOf(Resolve(token).status()), "SIGN_IN_REQUIRED");
  ASSERT_TRUE(
      Housekeeper::Tidy(database_->pool(), stores_, ids_, clock_.Now() + absl::Seconds(1)).ok());
  EXPECT_EQ(ReasonOf(Resolve(token).status()), "SIGN_IN_REQUIRED");
  EXPECT_EQ(ReasonOf(Resolve("").status()), "SIGN_IN_REQUIRED");
}

TEST_F(AuthServiceTest, DisablingAUserEndsItsSessions) {
  const TestCaller caller = CallerOf(Token("li.wei"));
  const std::string token = Token("li.wei");
  ASSERT_TRUE(Disable(user_).ok());
  EXPECT_EQ(ReasonOf(Resolve(token).status()), "SIGN_IN_REQUIRED");
  EXPECT_EQ(ReasonOf(GetSession(caller).status()), "SIGN_IN_REQUIRED");
}

TEST_F(AuthServiceTest, AGrantCountsWhileItsUnitIsActive) {
  const std::string alliance = MakeAlliance("a1").name();
  const v1::Member member = Apply(alliance, "中环银行");
  ASSERT_TRUE(Grant(user_.name(), auth::v1::ROLE_LIAISON, alliance, member.name()).ok());
  ASSERT_TRUE(Grant(user_.name(), auth::v1::ROLE_STREET_ADMIN, alliance).ok());
  const TestCaller caller = CallerOf(Token("li.wei"));
  ASSERT_EQ(caller.caller.grants_size(), 1);
  EXPECT_EQ(caller.caller.grants(0).role(), auth::v1::ROLE_STREET_ADMIN);

  ASSERT_TRUE(Approve(member).ok());
  const auto session = GetSession(caller);  // with the token of before
  ASSERT_TRUE(session.ok()) << session.status();
  ASSERT_EQ(session->caller().grants_size(), 2);
  EXPECT_EQ(session->caller().grants(0).member_display_name(), "中环银行");
  EXPECT_EQ(session->caller().grants(0).member_tier(), v1::TIER_ORDINARY);
  EXPECT_EQ(session->caller().grants(0).member_sector(), v1::SECTOR_COMPANY);
  EXPECT_TRUE(session->has_expire_time());
}

TEST_F(AuthServiceTest, ChangingThePasswordEndsTheOtherSessions) {
  const std::string kept = Token("li.wei");
  const std::string other = Token("li.wei");
  const TestCaller caller = CallerOf(kept);
  EXPECT_EQ(ReasonOf(ChangePassword(caller, "wrong-2026", "jinhuan-2027")), "PASSWORD_WRONG");
  EXPECT_EQ(ReasonOf(ChangePassword(caller, kPassword, "weak")), "PASSWORD_WEAK");
  EXPECT_TRUE(Resolve(other).ok());
  EXPECT_TRUE(ChangePassword(caller, kPassword, "jinhuan-2027", "r1").ok());
  EXPECT_TRUE(Resolve(kept).ok());
  EXPECT_EQ(ReasonOf(Resolve(other).status()), "SIGN_IN_REQUIRED");
  EXPECT_EQ(ReasonOf(SignIn("li.wei", kPassword).status()), "PASSWORD_WRONG");
  EXPECT_TRUE(SignIn("li.wei", "jinhuan-2027").ok());
  // A repetition gets the first answer, although the old password is no more.
  EXPECT_TRUE(ChangePassword(caller, kPassword, "jinhuan-2027", "r1").ok());
  EXPECT_EQ(ReasonOf(ChangePassword(caller, kPassword, "jinhuan-2028", "r1")), "REQUEST_ID_REUSED");
}

TEST_F(AuthServiceTest, GuessingTheOldPasswordIsBoundedToo) {
  const TestCaller caller = CallerOf(Token("li.wei"));
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(ReasonOf(ChangePassword(caller, "wrong-2026", "jinhuan-2027")), "PASSWORD_WRONG");
  }
  EXPECT_EQ(ReasonOf(ChangePassword(caller, kPassword, "jinhuan-2027")), "RATE_LIMITED");
}

TEST_F(AuthServiceTest, ASystemGetsATokenForItsSecret) {
  v1::CreateServiceAccountRequest create;
  create.mutable_service_account()->set_display_name("城运中心");
  create.mutable_service_account()->set_alliance(MakeAlliance("a1").name());
  const auto account =
      Call(*users_, &v1::UserService::Stub::CreateServiceAccount, system_admin_, create);
  ASSERT_TRUE(account.ok()) << account.status();
  ASSERT_TRUE(SetScopes({}, account->service_account().name()).ok());
  v1::IssueTokenRequest request;
  request.set_client_id(account->service_account().client_id());
  request.set_client_secret(account->client_secret());
  const auto token = Call(*auth_, &Stub::IssueToken, {}, request);
  ASSERT_TRUE(token.ok()) << token.status();
  const TestCaller system = CallerOf(token->access_token());
  EXPECT_EQ(system.caller.name(), account->service_account().name());
  ASSERT_EQ(system.caller.grants_size(), 1);
  EXPECT_EQ(system.caller.grants(0).role(), auth::v1::ROLE_SYSTEM);
  EXPECT_EQ(system.caller.grants(0).alliance(), "alliances/a1");
  EXPECT_FALSE(GetSession(system)->has_expire_time());
  EXPECT_EQ(ReasonOf(ChangePassword(system, kPassword, "jinhuan-2027")), "PASSWORD_WRONG");
  EXPECT_EQ(Entries().back().actor(), system.caller.name());
  clock_.Advance(absl::Hours(1));
  EXPECT_EQ(ReasonOf(Resolve(token->access_token()).status()), "SIGN_IN_REQUIRED");

  request.set_client_secret("x");
  EXPECT_EQ(ReasonOf(Call(*auth_, &Stub::IssueToken, {}, request).status()), "CLIENT_SECRET_WRONG");
  request.set_client_secret("");
  request.set_client_id("系统");
  EXPECT_EQ(ReasonOf(Call(*auth_, &Stub::IssueToken, {}, request).status()), "CLIENT_SECRET_WRONG");
}

TEST_F(AuthServiceTest, OnlyTheGatewayResolves) {
  auth::v1::ResolveCredentialRequest request;
  request.set_credential(Token("li.wei"));
  EXPECT_EQ(ReasonOf(Call(*credentials_, &auth::v1::CredentialService::Stub::ResolveCredential,
                          system_admin_, request)
                         .status()),
            "ROLE_REQUIRED");
}

TEST_F(AuthServiceTest, PasswordsAndTokensAreNowhereInTheDatabase) {
  const std::string token = Token("li.wei");
  ASSERT_TRUE(ChangePassword(CallerOf(token), kPassword, "jinhuan-2027", "r1").ok());
  std::string everything;
  for (const auto& entry : Entries()) everything += entry.SerializeAsString();
  static const auto* tables = new std::vector<const db::Query*>{
      new db::Query("SELECT CONCAT_WS('|', principal, method, request_id, fingerprint, response) "
                    "FROM request",
                    ""),
      new db::Query("SELECT CONCAT_WS('|', user_id, login, display_name, password_hash) FROM user",
                    ""),
      new db::Query("SELECT CONCAT_WS('|', credential_id, account) FROM credential", "")};
  auto lease = database_->pool().Acquire(absl::Now() + absl::Seconds(5));
  for (const db::Query* table : *tables) {
    const auto rows =
        (*lease)->Select(*table, {}, [&](const db::Row& row) { everything += row.Text(0); });
    ASSERT_TRUE(rows.ok()) << rows.status();
    EXPECT_GT(*rows, 0) << table->sql;
  }
  for (const std::string& secret : {std::string(kPassword), std::string("jinhuan-2027"), token}) {
    EXPECT_THAT(everything, Not(HasSubstr(secret)));
  }
}

}  // namespace
}  // namespace jinhuan::alliance
