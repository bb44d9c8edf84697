// Sessions listed and ended.
#include <gmock/gmock.h>

#include "alliance-svc/rpc/account_fixture.h"

namespace jinhuan::alliance {
namespace {

class SessionTest : public AccountFixture {
 protected:
  std::vector<v1::SessionInfo> List(const TestCaller& as, const std::string& parent = "",
                                    int page_size = 0) {
    v1::ListSessionsRequest request;
    request.set_parent(parent);
    request.set_page_size(page_size);
    std::vector<v1::SessionInfo> sessions;
    do {
      const auto page = Call(*auth_, &Auth::ListSessions, as, request);
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) break;
      sessions.insert(sessions.end(), page->sessions().begin(), page->sessions().end());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return sessions;
  }
  std::string WhyNoList(const TestCaller& as, const std::string& parent) {
    v1::ListSessionsRequest request;
    request.set_parent(parent);
    return ReasonOf(Call(*auth_, &Auth::ListSessions, as, request).status());
  }

  absl::StatusOr<int> Revoke(const TestCaller& as, const std::string& name,
                             const std::string& request_id = "") {
    v1::RevokeSessionRequest request;
    request.set_name(name);
    request.set_request_id(request_id);
    const auto answer = Call(*auth_, &Auth::RevokeSession, as, request);
    if (!answer.ok()) return answer.status();
    return answer->revoked_count();
  }
  std::string WhyNot(const TestCaller& as, const std::string& name) {
    return ReasonOf(Revoke(as, name).status());
  }

  std::string SignInFrom(const std::string& address, const std::string& user_agent) {
    v1::SignInRequest request;
    request.set_login("li.wei");
    request.set_password(kPassword);
    request.set_delivery(v1::SESSION_DELIVERY_BODY);
    const auto answer = Call(*auth_, &Auth::SignIn,
                             {.caller = {}, .address = address, .user_agent = user_agent}, request);
    EXPECT_TRUE(answer.ok()) << answer.status();
    clock_.Advance(absl::Seconds(1));
    return answer->session_token();
  }

  const v1::User user_ = MakeUser("li.wei");
};

TEST_F(SessionTest, AreListedTheNewestFirstWithWhereTheyBegan) {
  SignInFrom("192.0.2.1", "curl/7.88");
  const TestCaller self = CallerOf(SignInFrom("2001:db8::1", std::string(300, 'x')));
  const auto sessions = List(self);
  ASSERT_EQ(sessions.size(), 2u);
  EXPECT_EQ(sessions[0].address(), "2001:db8::1");
  EXPECT_EQ(sessions[0].user_agent(), std::string(200, 'x'));
  EXPECT_TRUE(sessions[0].current());
  EXPECT_EQ(sessions[1].address(), "192.0.2.1");
  EXPECT_EQ(sessions[1].user_agent(), "curl/7.88");
  EXPECT_FALSE(sessions[1].current());
  EXPECT_THAT(sessions[1].name(), ::testing::StartsWith(user_.name() + "/sessions/"));
  EXPECT_EQ(sessions[1].expire_time().seconds() - sessions[1].create_time().seconds(), 12 * 3600);
}

TEST_F(SessionTest, PagesHoldEachOnceAlsoOfTheSameMoment) {
  std::set<std::string> names;
  for (int i = 0; i < 5; ++i) Token("li.wei");  // at a time that stands still
  const TestCaller self = CallerOf(Token("li.wei"));
  for (const auto& session : List(self, "", 2)) names.insert(session.name());
  EXPECT_EQ(names.size(), 6u);
  EXPECT_EQ(List(self, "", 2).size(), 6u);
}

TEST_F(SessionTest, EndedOnesAreNotListed) {
  const std::string first = SignInFrom("192.0.2.1", "x");
  const TestCaller self = CallerOf(SignInFrom("192.0.2.1", "x"));
  ASSERT_TRUE(Call(*auth_, &Auth::SignOut, CallerOf(first), v1::SignOutRequest()).ok());
  EXPECT_EQ(List(self).size(), 1u);
  clock_.Advance(absl::Hours(12));
  EXPECT_EQ(List(system_admin_, user_.name()).size(), 0u);
}

TEST_F(SessionTest, AreForThePersonAndTheSystemAdministrator) {
  const TestCaller self = CallerOf(Token("li.wei"));
  EXPECT_EQ(List(system_admin_, user_.name()).size(), 1u);
  EXPECT_EQ(WhyNoList(security_admin_, user_.name()), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(WhyNoList(As("users/x", auth::v1::ROLE_STAFF), user_.name()), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(WhyNoList(system_admin_, "users/none"), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(WhyNoList(system_admin_, "things/x"), "NAME_INVALID");
  EXPECT_EQ(WhyNoList(As("serviceAccounts/s", auth::v1::ROLE_SYSTEM, "alliances/a1"), ""),
            "RESOURCE_NOT_FOUND");
  const std::string name = List(self)[0].name();
  EXPECT_EQ(WhyNot(security_admin_, name), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(WhyNot(As("users/x", auth::v1::ROLE_STAFF), name), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(WhyNot(self, user_.name()), "NAME_INVALID");
  EXPECT_EQ(WhyNot(self, user_.name() + "/sessions/none"), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(WhyNot(system_admin_, "users/none/sessions/-"), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(List(self).size(), 1u);  // all that ended nothing
}

TEST_F(SessionTest, OneEndsAtOnceAndOnlyOnce) {
  const std::string lost = SignInFrom("192.0.2.1", "lost");
  const TestCaller self = CallerOf(SignInFrom("192.0.2.2", "here"));
  const std::string name = List(self)[1].name();
  EXPECT_EQ(Revoke(self, name, "r1").value_or(0), 1);
  EXPECT_EQ(Entries().back().resource(), user_.name());
  EXPECT_EQ(ReasonOf(Resolve(lost).status()), "SIGN_IN_REQUIRED");
  EXPECT_EQ(Revoke(self, name, "r1").value_or(0), 1);  // the first answer
  EXPECT_EQ(WhyNot(self, name), "RESOURCE_NOT_FOUND");
  // Another person's session is not found under the own name.
  MakeUser("other");
  const std::string others = List(CallerOf(Token("other")))[0].name();
  const std::string id = others.substr(others.rfind('/') + 1);
  EXPECT_EQ(WhyNot(self, user_.name() + "/sessions/" + id), "RESOURCE_NOT_FOUND");
}

TEST_F(SessionTest, AllOthersEndTogether) {
  for (int i = 0; i < 3; ++i) SignInFrom("192.0.2.1", "x");
  const std::string kept = SignInFrom("192.0.2.1", "here");
  EXPECT_EQ(Revoke(CallerOf(kept), user_.name() + "/sessions/-").value_or(0), 3);
  EXPECT_TRUE(Resolve(kept).ok());
  EXPECT_EQ(Revoke(CallerOf(kept), user_.name() + "/sessions/-").value_or(-1), 0);
  EXPECT_EQ(Revoke(system_admin_, user_.name() + "/sessions/-").value_or(0), 1);
  EXPECT_EQ(ReasonOf(Resolve(kept).status()), "SIGN_IN_REQUIRED");
}

}  // namespace
}  // namespace jinhuan::alliance
