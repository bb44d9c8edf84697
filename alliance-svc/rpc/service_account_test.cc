// Accounts of other systems: secrets, scopes, the end.
#include <gmock/gmock.h>

#include <set>

#include "alliance-svc/rpc/account_fixture.h"

namespace jinhuan::alliance {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ServiceAccountTest : public AccountFixture {
 protected:
  // One that the security administrator has not seen.
  v1::CreateServiceAccountResponse Create(const std::vector<std::string>& scopes = {}) {
    v1::CreateServiceAccountRequest request;
    request.mutable_service_account()->set_display_name("城运中心");
    request.mutable_service_account()->set_alliance(alliance_);
    for (const std::string& scope : scopes) request.mutable_service_account()->add_scopes(scope);
    const auto account = Call(*users_, &Users::CreateServiceAccount, system_admin_, request);
    EXPECT_TRUE(account.ok()) << account.status();
    return account.value_or(v1::CreateServiceAccountResponse());
  }

  v1::CreateServiceAccountResponse Make(const std::vector<std::string>& scopes = {}) {
    v1::CreateServiceAccountResponse made = Create(scopes);
    const auto confirmed = SetScopes(scopes, made.service_account().name());
    EXPECT_TRUE(confirmed.ok()) << confirmed.status();
    *made.mutable_service_account() = confirmed.value_or(v1::ServiceAccount());
    return made;
  }

  absl::StatusOr<std::string> TokenFor(const std::string& secret) {
    return SystemToken(made_.service_account().client_id(), secret);
  }
  bool Works(const std::string& secret) { return TokenFor(secret).ok(); }

  v1::ServiceAccount Confirm() {
    const auto confirmed = SetScopes({}, made_.service_account().name());
    EXPECT_TRUE(confirmed.ok()) << confirmed.status();
    return confirmed.value_or(v1::ServiceAccount());
  }

  absl::StatusOr<v1::RotateServiceAccountSecretResponse> Rotate(absl::Duration keep_old,
                                                                const std::string& request_id = "",
                                                                const std::string& name = "") {
    v1::RotateServiceAccountSecretRequest request;
    request.set_name(name.empty() ? made_.service_account().name() : name);
    request.mutable_keep_old()->set_seconds(absl::ToInt64Seconds(keep_old));
    request.set_request_id(request_id);
    return Call(*users_, &Users::RotateServiceAccountSecret, system_admin_, request);
  }

  absl::StatusOr<v1::ServiceAccount> SetCertificate(const std::string& certificate_name,
                                                    const std::string& name) {
    v1::SetServiceAccountCertificateRequest request;
    request.set_name(name);
    request.set_certificate_name(certificate_name);
    return Call(*users_, &Users::SetServiceAccountCertificate, security_admin_, request);
  }

  absl::StatusOr<v1::ServiceAccount> Disable(const std::string& name, const std::string& reason) {
    v1::DisableServiceAccountRequest request;
    request.set_name(name);
    request.set_reason(reason);
    return Call(*users_, &Users::DisableServiceAccount, system_admin_, request);
  }

  const std::string alliance_ = MakeAlliance("a1").name();
  const v1::CreateServiceAccountResponse made_ = Make();
};

TEST_F(ServiceAccountTest, ANewOneWaitsForTheSecurityAdministrator) {
  const auto created = Create({"jinhuan.alliance.v1"});
  const v1::ServiceAccount& account = created.service_account();
  EXPECT_EQ(account.state(), v1::ServiceAccount::STATE_WAITING);
  const auto why_not = [&](const std::string& secret) {
    return ReasonOf(SystemToken(account.client_id(), secret).status());
  };
  EXPECT_EQ(why_not(created.client_secret()), "SERVICE_ACCOUNT_WAITING");
  EXPECT_EQ(why_not("x"), "CLIENT_SECRET_WRONG");
  const auto confirmed = SetScopes({}, account.name());
  ASSERT_TRUE(confirmed.ok()) << confirmed.status();
  EXPECT_EQ(confirmed->state(), v1::ServiceAccount::STATE_ACTIVE);
  EXPECT_EQ(confirmed->scopes_size(), 0);  // which is all by now
  const auto token = SystemToken(account.client_id(), created.client_secret());
  ASSERT_TRUE(token.ok()) << token.status();
  EXPECT_TRUE(GetSession(CallerOf(*token)).ok());
}

TEST_F(ServiceAccountTest, ANewSecretWaitsToo) {
  const auto rotated = Rotate(absl::Hours(1));
  ASSERT_TRUE(rotated.ok()) << rotated.status();
  EXPECT_EQ(rotated->service_account().state(), v1::ServiceAccount::STATE_WAITING);
  EXPECT_EQ(ReasonOf(TokenFor(rotated->client_secret()).status()), "SERVICE_ACCOUNT_WAITING");
  EXPECT_TRUE(Works(made_.client_secret()));
  EXPECT_EQ(Confirm().state(), v1::ServiceAccount::STATE_ACTIVE);
  EXPECT_TRUE(Works(rotated->client_secret()));
  EXPECT_TRUE(Works(made_.client_secret()));
}

TEST_F(ServiceAccountTest, WhileOneWaitsTheConfirmedSecretLivesNoLonger) {
  const auto first = Rotate(absl::Hours(1));
  const auto second = Rotate(absl::Hours(24));
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->service_account().old_secret_expire_time().seconds(),
            absl::ToUnixSeconds(clock_.Now() + absl::Hours(1)));
  Confirm();
  EXPECT_FALSE(Works(first->client_secret()));
  EXPECT_TRUE(Works(second->client_secret()));
  EXPECT_TRUE(Works(made_.client_secret()));
  clock_.Advance(absl::Hours(1));
  EXPECT_FALSE(Works(made_.client_secret()));
  EXPECT_TRUE(Works(second->client_secret()));
  ASSERT_TRUE(Rotate(absl::Hours(1)).ok());
  ASSERT_TRUE(Rotate(absl::ZeroDuration()).ok());
  EXPECT_FALSE(Works(second->client_secret()));
}

TEST_F(ServiceAccountTest, TokensOfASecretThatEndsAtOnceEndWithIt) {
  const auto token = TokenFor(made_.client_secret());
  ASSERT_TRUE(token.ok()) << token.status();
  ASSERT_TRUE(Rotate(absl::Hours(1)).ok());
  EXPECT_TRUE(Resolve(*token).ok());
  ASSERT_TRUE(Rotate(absl::ZeroDuration()).ok());
  EXPECT_EQ(ReasonOf(Resolve(*token).status()), "SIGN_IN_REQUIRED");
}

TEST_F(ServiceAccountTest, AreListedTheOldestFirst) {
  const std::string second = Make().service_account().name();
  const std::string third = Make().service_account().name();
  v1::ListServiceAccountsRequest request;
  request.set_page_size(2);
  std::vector<std::string> names;
  do {
    const auto page = Call(*users_, &Users::ListServiceAccounts, security_admin_, request);
    ASSERT_TRUE(page.ok()) << page.status();
    for (const auto& account : page->service_accounts()) names.push_back(account.name());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(names, ::testing::ElementsAre(made_.service_account().name(), second, third));
  request.set_page_size(-1);
  EXPECT_EQ(ReasonOf(Call(*users_, &Users::ListServiceAccounts, system_admin_, request).status()),
            "FIELD_INVALID");
}

TEST_F(ServiceAccountTest, ACertificateNamesOneAccount) {
  const std::string first = made_.service_account().name();
  const std::string second = Make().service_account().name();
  const auto bound = SetCertificate("city.example.org", first);
  ASSERT_TRUE(bound.ok()) << bound.status();
  EXPECT_EQ(bound->certificate_name(), "city.example.org");
  EXPECT_EQ(ReasonOf(SetCertificate("city.example.org", second).status()), "CERTIFICATE_TAKEN");
  EXPECT_EQ(ReasonOf(SetCertificate("*.example.org", second).status()), "FIELD_INVALID");
  EXPECT_EQ(ReasonOf(SetCertificate("a", "serviceAccounts/none").status()), "RESOURCE_NOT_FOUND");
  ASSERT_TRUE(Disable(first, "试验").ok());
  EXPECT_EQ(ReasonOf(SetCertificate("other.example.org", first).status()), "STATE_WRONG");
  EXPECT_TRUE(SetCertificate("city.example.org", second).ok());
  const auto freed = SetCertificate("", second);
  ASSERT_TRUE(freed.ok()) << freed.status();
  EXPECT_EQ(freed->certificate_name(), "");
}

TEST_F(ServiceAccountTest, TheOldSecretIsGoodForAsLongAsAsked) {
  const auto rotated = Rotate(absl::Hours(24));
  ASSERT_TRUE(rotated.ok()) << rotated.status();
  EXPECT_EQ(rotated->client_secret().size(), 43u);
  EXPECT_EQ(rotated->service_account().old_secret_expire_time().seconds(),
            absl::ToUnixSeconds(clock_.Now() + absl::Hours(24)));
  Confirm();
  EXPECT_TRUE(Works(made_.client_secret()));
  EXPECT_TRUE(Works(rotated->client_secret()));
  clock_.Advance(absl::Hours(24));
  EXPECT_FALSE(Works(made_.client_secret()));
  EXPECT_TRUE(Works(rotated->client_secret()));
}

TEST_F(ServiceAccountTest, RotatedTwiceTheFirstSecretIsOver) {
  const auto second = Rotate(absl::Hours(1));
  Confirm();
  const auto third = Rotate(absl::Hours(1));
  ASSERT_TRUE(third.ok()) << third.status();
  Confirm();
  EXPECT_FALSE(Works(made_.client_secret()));
  EXPECT_TRUE(Works(second->client_secret()));
  EXPECT_TRUE(Works(third->client_secret()));
  const auto fourth = Rotate(absl::ZeroDuration());
  EXPECT_FALSE(fourth->service_account().has_old_secret_expire_time());
  Confirm();
  EXPECT_FALSE(Works(third->client_secret()));
  EXPECT_TRUE(Works(fourth->client_secret()));
}

TEST_F(ServiceAccountTest, TheNewSecretIsShownOnceAndKeptNowhere) {
  const auto first = Rotate(absl::Hours(1), "r1");
  const auto again = Rotate(absl::Hours(1), "r1");
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_NE(first->client_secret(), "");
  EXPECT_EQ(again->client_secret(), "");
  EXPECT_EQ(again->service_account().name(), made_.service_account().name());
  Confirm();
  EXPECT_TRUE(Works(first->client_secret()));
  EXPECT_TRUE(Works(made_.client_secret()));  // one rotation, not two
  EXPECT_THAT(Stored(), Not(HasSubstr(first->client_secret())));
}

// One after the other, whichever is first: the last is confirmed, and beside it the one that
// was confirmed before.
TEST_F(ServiceAccountTest, RotatedTwiceAtOnceTheLastIsConfirmed) {
  std::vector<std::string> secrets(2);
  AtOnce(2, [&](int i) {
    const auto rotated = Rotate(absl::Hours(1));
    EXPECT_TRUE(rotated.ok()) << rotated.status();
    secrets[static_cast<size_t>(i)] = rotated->client_secret();
  });
  Confirm();
  EXPECT_NE(Works(secrets[0]), Works(secrets[1]));
  EXPECT_TRUE(Works(made_.client_secret()));
}

TEST_F(ServiceAccountTest, RotationIsRefusedForWhatIsWrongWithIt) {
  EXPECT_EQ(ReasonOf(Rotate(absl::Hours(24 * 7) + absl::Seconds(1)).status()), "FIELD_INVALID");
  EXPECT_EQ(ReasonOf(Rotate(absl::Seconds(-1)).status()), "FIELD_INVALID");
  EXPECT_EQ(ReasonOf(Rotate(absl::ZeroDuration(), "", "users/u1").status()), "NAME_INVALID");
  EXPECT_EQ(ReasonOf(Rotate(absl::ZeroDuration(), "", "serviceAccounts/none").status()),
            "RESOURCE_NOT_FOUND");
  EXPECT_TRUE(Rotate(absl::Hours(24 * 7)).ok());
  ASSERT_TRUE(Disable(made_.service_account().name(), "停用").ok());
  EXPECT_EQ(ReasonOf(Rotate(absl::ZeroDuration()).status()), "STATE_WRONG");
}

TEST_F(ServiceAccountTest, ScopesTravelWithTheCallerAndBind) {
  const std::string list = "jinhuan.alliance.v1.MemberService/ListMembers";
  const auto scoped = Make({list});
  EXPECT_THAT(scoped.service_account().scopes(), ::testing::ElementsAre(list));
  const auto token = SystemToken(scoped.service_account().client_id(), scoped.client_secret());
  ASSERT_TRUE(token.ok()) << token.status();
  const TestCaller system = CallerOf(*token);
  EXPECT_THAT(system.caller.grants(0).scopes(), ::testing::ElementsAre(list));
  v1::ListMembersRequest members;
  members.set_parent(alliance_);
  EXPECT_TRUE(Call(*members_, &v1::MemberService::Stub::ListMembers, system, members).ok());
  v1::GetAllianceRequest get;
  get.set_name(alliance_);
  EXPECT_EQ(
      ReasonOf(Call(*alliances_, &v1::AllianceService::Stub::GetAlliance, system, get).status()),
      "ROLE_REQUIRED");
  EXPECT_EQ(ReasonOf(GetSession(system).status()), "ROLE_REQUIRED");

  ASSERT_TRUE(
      SetScopes({"jinhuan.alliance.v1.AllianceService", list}, scoped.service_account().name())
          .ok());
  const TestCaller wider = CallerOf(*token);  // the same token, as things are now
  EXPECT_TRUE(Call(*alliances_, &v1::AllianceService::Stub::GetAlliance, wider, get).ok());
  EXPECT_EQ(SetScopes({}, scoped.service_account().name())->scopes_size(), 0);
  EXPECT_TRUE(GetSession(CallerOf(*token)).ok());
}

TEST_F(ServiceAccountTest, ScopesAreRefusedThatAreNone) {
  const std::string name = made_.service_account().name();
  EXPECT_EQ(ReasonOf(SetScopes({"jinhuan.nothing.v1"}, name).status()), "FIELD_INVALID");
  EXPECT_EQ(ReasonOf(SetScopes({}, "serviceAccounts/none").status()), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(SetScopes({}, "").status()), "FIELD_REQUIRED");
  v1::CreateServiceAccountRequest request;
  request.mutable_service_account()->set_display_name("x");
  request.mutable_service_account()->set_alliance(alliance_);
  request.mutable_service_account()->add_scopes("jinhuan.alliance.v1.");
  EXPECT_EQ(ReasonOf(Call(*users_, &Users::CreateServiceAccount, system_admin_, request).status()),
            "FIELD_INVALID");
  v1::SetServiceAccountScopesRequest set;
  set.set_name(name);
  EXPECT_EQ(ReasonOf(Call(*users_, &Users::SetServiceAccountScopes, system_admin_, set).status()),
            "ROLE_REQUIRED");
}

TEST_F(ServiceAccountTest, ShutOutItHasNoTokensAndGetsNone) {
  const std::string name = made_.service_account().name();
  const auto token = TokenFor(made_.client_secret());
  const auto rotated = Rotate(absl::Hours(1));
  EXPECT_EQ(ReasonOf(Disable(name, "").status()), "FIELD_REQUIRED");
  EXPECT_EQ(ReasonOf(Disable("serviceAccounts/none", "停用").status()), "RESOURCE_NOT_FOUND");
  const auto disabled = Disable(name, "停用");
  ASSERT_TRUE(disabled.ok()) << disabled.status();
  EXPECT_EQ(disabled->state(), v1::ServiceAccount::STATE_DISABLED);
  EXPECT_FALSE(disabled->has_old_secret_expire_time());
  EXPECT_EQ(ReasonOf(Resolve(*token).status()), "SIGN_IN_REQUIRED");
  EXPECT_FALSE(Works(made_.client_secret()));
  EXPECT_FALSE(Works(rotated->client_secret()));
  EXPECT_EQ(ReasonOf(Disable(name, "停用").status()), "STATE_WRONG");
  EXPECT_EQ(Entries().back().reason(), "停用");
  EXPECT_EQ(Confirm().state(), v1::ServiceAccount::STATE_DISABLED);
}

}  // namespace
}  // namespace jinhuan::alliance
