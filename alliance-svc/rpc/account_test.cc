// An account's life: changed, shut out, let in, given a new password.
#include <gmock/gmock.h>

#include "alliance-svc/rpc/account_fixture.h"

namespace jinhuan::alliance {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class AccountTest : public AccountFixture {
 protected:
  absl::StatusOr<v1::User> Update(const TestCaller& as, const v1::UpdateUserRequest& request) {
    return Call(*users_, &Users::UpdateUser, as, request);
  }

  v1::UpdateUserRequest Update(const std::string& name) {
    v1::UpdateUserRequest request;
    request.mutable_user()->set_name(name);
    return request;
  }

  absl::StatusOr<v1::User> Reset(const std::string& name, const std::string& password,
                                 const std::string& request_id = "") {
    v1::ResetPasswordRequest request;
    request.set_name(name);
    request.set_password(password);
    request.set_request_id(request_id);
    return Call(*users_, &Users::ResetPassword, system_admin_, request);
  }

  std::string Logins(const v1::ListUsersRequest& request) {
    const auto page = Call(*users_, &Users::ListUsers, system_admin_, request);
    if (!page.ok()) return ReasonOf(page.status());
    std::string logins;
    for (const v1::User& user : page->users()) logins += user.login() + " ";
    return logins;
  }

  const v1::User user_ = MakePerson("li.wei");
  const TestCaller self_ = As(user_.name(), auth::v1::ROLE_STAFF);
};

TEST_F(AccountTest, ThePhoneIsMaskedEverywhere) {
  EXPECT_EQ(user_.phone(), "138****1234");
  EXPECT_EQ(Get(user_.name())->phone(), "138****1234");
  v1::CreateUserRequest bad;
  bad.mutable_user()->set_login("x.y");
  bad.mutable_user()->set_display_name("x");
  bad.mutable_user()->set_phone("12");
  bad.set_password(kPassword);
  EXPECT_EQ(ReasonOf(Call(*users_, &Users::CreateUser, system_admin_, bad).status()),
            "PHONE_INVALID");
  EXPECT_THAT(Stored(), Not(HasSubstr(kPhone)));
}

TEST_F(AccountTest, APersonChangesItsOwnNameAndPhone) {
  v1::UpdateUserRequest request = Update(user_.name());
  request.mutable_user()->set_display_name("联络员");
  request.mutable_user()->set_phone("13999990000");
  auto updated = Update(self_, request);
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(updated->display_name(), "联络员");
  EXPECT_EQ(updated->phone(), "139****0000");
  EXPECT_NE(updated->etag(), user_.etag());
  // The masked number sent back changes nothing, an empty one removes it.
  request.mutable_user()->set_phone("139****0000");
  EXPECT_EQ(Update(self_, request)->phone(), "139****0000");
  request = Update(user_.name());
  request.mutable_update_mask()->add_paths("phone");
  EXPECT_EQ(Update(self_, request)->phone(), "");
  EXPECT_THAT(Stored(), Not(HasSubstr("13999990000")));
}

TEST_F(AccountTest, OnlyItselfAndTheSystemAdministratorChangeAnAccount) {
  v1::UpdateUserRequest request = Update(user_.name());
  request.mutable_user()->set_display_name("联络员");
  EXPECT_TRUE(Update(system_admin_, request).ok());
  EXPECT_EQ(ReasonOf(Update(security_admin_, request).status()), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Update(As("users/other", auth::v1::ROLE_STAFF), request).status()),
            "RESOURCE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Update({}, request).status()), "SIGN_IN_REQUIRED");
}

TEST_F(AccountTest, AnUpdateIsRefusedForWhatIsWrongWithIt) {
  v1::UpdateUserRequest request = Update(user_.name());
  request.mutable_user()->set_display_name(" ");
  request.mutable_update_mask()->add_paths("display_name");
  EXPECT_EQ(ReasonOf(Update(self_, request).status()), "FIELD_REQUIRED");
  request.mutable_user()->set_display_name("一\n二");
  EXPECT_EQ(ReasonOf(Update(self_, request).status()), "FIELD_INVALID");
  request.mutable_update_mask()->set_paths(0, "login");
  EXPECT_EQ(ReasonOf(Update(self_, request).status()), "MASK_PATH_INVALID");
  request.mutable_update_mask()->set_paths(0, "phone");
  request.mutable_user()->set_phone("021-1234");
  EXPECT_EQ(ReasonOf(Update(self_, request).status()), "PHONE_INVALID");
  request.mutable_user()->set_phone(kPhone);
  request.mutable_user()->set_etag("99");
  EXPECT_EQ(ReasonOf(Update(self_, request).status()), "ETAG_STALE");
  request.mutable_user()->set_name("users/none");
  EXPECT_EQ(ReasonOf(Update(system_admin_, request).status()), "RESOURCE_NOT_FOUND");
}

TEST_F(AccountTest, AnAccountIsShutOutAndLetInForAReason) {
  EXPECT_EQ(ReasonOf(Enable(user_.name(), "").status()), "FIELD_REQUIRED");
  EXPECT_EQ(ReasonOf(Enable("users/none").status()), "RESOURCE_NOT_FOUND");
  ASSERT_TRUE(Disable(user_.name(), "离职", "r1").ok());
  EXPECT_EQ(ReasonOf(Disable(user_.name()).status()), "STATE_WRONG");
  EXPECT_EQ(Disable(user_.name(), "离职", "r1")->state(), v1::User::STATE_DISABLED);  // again
  EXPECT_EQ(ReasonOf(SignIn("li.wei", kPassword).status()), "PASSWORD_WRONG");
  EXPECT_EQ(Enable(user_.name())->state(), v1::User::STATE_ACTIVE);
  EXPECT_TRUE(SignIn("li.wei", kPassword).ok());
}

TEST_F(AccountTest, ANewPasswordEndsSessionsAndTheOldPassword) {
  const std::string token = Token("li.wei");
  EXPECT_EQ(ReasonOf(Reset(user_.name(), "short").status()), "PASSWORD_WEAK");
  EXPECT_EQ(ReasonOf(Reset(user_.name(), "").status()), "FIELD_REQUIRED");
  EXPECT_EQ(ReasonOf(Reset("users/none", "jinhuan-2027").status()), "RESOURCE_NOT_FOUND");
  ASSERT_TRUE(Reset(user_.name(), "jinhuan-2027", "r1").ok());
  EXPECT_EQ(ReasonOf(Resolve(token).status()), "SIGN_IN_REQUIRED");
  EXPECT_EQ(ReasonOf(SignIn("li.wei", kPassword).status()), "PASSWORD_WRONG");
  EXPECT_TRUE(SignIn("li.wei", "jinhuan-2027").ok());
  EXPECT_TRUE(Reset(user_.name(), "jinhuan-2027", "r1").ok());  // the first answer
  EXPECT_EQ(ReasonOf(Reset(user_.name(), "jinhuan-2028", "r1").status()), "REQUEST_ID_REUSED");
  EXPECT_THAT(Stored(), Not(HasSubstr("jinhuan-2027")));
  ASSERT_TRUE(Disable(user_.name()).ok());
  EXPECT_EQ(ReasonOf(Reset(user_.name(), "jinhuan-2029").status()), "STATE_WRONG");
}

TEST_F(AccountTest, ListsWhatTheFiltersFind) {
  const std::string alliance = MakeAlliance("a1").name();
  ASSERT_TRUE(Grant(MakeUser("zhang").name(), auth::v1::ROLE_STREET_ADMIN, alliance).ok());
  v1::ListUsersRequest request;
  EXPECT_EQ(Logins(request), "li.wei zhang ");
  request.set_query("WEI");
  EXPECT_EQ(Logins(request), "li.wei ");
  request.set_query("专员");  // in the title of both
  EXPECT_EQ(Logins(request), "li.wei zhang ");
  request.set_role(auth::v1::ROLE_STREET_ADMIN);
  EXPECT_EQ(Logins(request), "zhang ");
  request.set_query("%");
  EXPECT_EQ(Logins(request), "");
  request.set_query(std::string(61, 'x'));
  EXPECT_EQ(Logins(request), "FIELD_INVALID");
  request.set_query("");
  request.set_role(static_cast<auth::v1::Role>(77));
  EXPECT_EQ(Logins(request), "FIELD_INVALID");
  request.clear_role();
  request.set_page_token("x");
  EXPECT_EQ(Logins(request), "PAGE_TOKEN_INVALID");
}

TEST_F(AccountTest, SaysWhenItLastSignedIn) {
  EXPECT_FALSE(Get(user_.name())->has_last_sign_in_time());
  Token("li.wei");
  EXPECT_EQ(Get(user_.name())->last_sign_in_time().seconds(), absl::ToUnixSeconds(clock_.Now()));
  EXPECT_EQ(Get(user_.name())->etag(), user_.etag());  // a sign-in is no new version
}

}  // namespace
}  // namespace jinhuan::alliance
