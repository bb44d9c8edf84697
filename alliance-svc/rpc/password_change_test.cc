// First passwords, old passwords, passwords used before.
#include <gmock/gmock.h>

#include "alliance-svc/rpc/account_fixture.h"

namespace jinhuan::alliance {
namespace {

class PasswordChangeTest : public AccountFixture {
 protected:
  // An account with a role, as made in a real installation: its first password must
  // be changed.
  v1::User MakeWithFirstPassword() {
    options_.change_first_password = true;
    const v1::User user = MakeUser("li.wei");
    EXPECT_TRUE(Grant(user.name(), auth::v1::ROLE_STREET_ADMIN, alliance_).ok());
    return user;
  }

  const std::string alliance_ = MakeAlliance("a1").name();
};

TEST_F(PasswordChangeTest, UntilTheFirstPasswordIsChangedThereIsNoRole) {
  const v1::User user = MakeWithFirstPassword();
  EXPECT_TRUE(Get(user.name())->must_change_password());
  const auto answer = SignIn("li.wei", kPassword);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_TRUE(answer->session().password_change_required());
  EXPECT_EQ(answer->session().caller().grants_size(), 0);
  const TestCaller before = CallerOf(answer->session_token());
  EXPECT_EQ(before.caller.grants_size(), 0);
  ASSERT_TRUE(ChangePassword(before, kPassword, "jinhuan-2027").ok());
  const TestCaller after = CallerOf(answer->session_token());
  EXPECT_EQ(after.caller.grants_size(), 1);
  EXPECT_FALSE(GetSession(after)->password_change_required());
  EXPECT_FALSE(Get(user.name())->must_change_password());
}

// Who follows the journal learns that nobody else knows the password any more.
TEST_F(PasswordChangeTest, TheJournalTellsWhenAFirstPasswordFalls) {
  const v1::User user = MakeWithFirstPassword();
  EXPECT_TRUE(user.first_password());
  ASSERT_TRUE(ChangePassword(CallerOf(Token("li.wei")), kPassword, "jinhuan-2027").ok());
  const journal::v1::Entry entry = Entries().back();
  v1::User before;
  v1::User after;
  ASSERT_TRUE(entry.before().UnpackTo(&before) && entry.after().UnpackTo(&after));
  EXPECT_EQ(entry.resource(), user.name());
  EXPECT_TRUE(before.first_password() && before.must_change_password());
  EXPECT_FALSE(after.first_password() || after.must_change_password());
  EXPECT_EQ(before.grants_size(), 1);
}

TEST_F(PasswordChangeTest, AResetPasswordIsAFirstPassword) {
  const v1::User user = MakeUser("li.wei");
  EXPECT_FALSE(user.must_change_password());
  options_.change_first_password = true;
  v1::ResetPasswordRequest request;
  request.set_name(user.name());
  request.set_password("jinhuan-2027");
  const auto reset = Call(*users_, &Users::ResetPassword, system_admin_, request);
  ASSERT_TRUE(reset.ok()) << reset.status();
  EXPECT_TRUE(reset->must_change_password());
  EXPECT_TRUE(reset->first_password());
  EXPECT_TRUE(SignIn("li.wei", "jinhuan-2027")->session().password_change_required());
}

TEST_F(PasswordChangeTest, APasswordIsGoodForNinetyDays) {
  const v1::User user = MakeUser("li.wei");
  ASSERT_TRUE(Grant(user.name(), auth::v1::ROLE_STREET_ADMIN, alliance_).ok());
  clock_.Advance(absl::Hours(90 * 24) - absl::Hours(1));
  const std::string token = Token("li.wei");
  EXPECT_EQ(CallerOf(token).caller.grants_size(), 1);
  clock_.Advance(absl::Hours(1));
  EXPECT_EQ(CallerOf(token).caller.grants_size(), 0);
  EXPECT_TRUE(GetSession(CallerOf(token))->password_change_required());
  EXPECT_TRUE(Get(user.name())->must_change_password());
  EXPECT_FALSE(Get(user.name())->first_password());  // old, but nobody else's
  ASSERT_TRUE(ChangePassword(CallerOf(token), kPassword, "jinhuan-2027").ok());
  EXPECT_EQ(CallerOf(token).caller.grants_size(), 1);
}

TEST_F(PasswordChangeTest, TheLastFiveAreNotUsedAgain) {
  MakeUser("li.wei");
  const TestCaller self = CallerOf(Token("li.wei"));
  EXPECT_EQ(ReasonOf(ChangePassword(self, kPassword, kPassword)), "PASSWORD_USED_BEFORE");
  const auto number = [](int i) { return i == 0 ? kPassword : "jinhuan-no-" + std::to_string(i); };
  for (int i = 1; i <= 5; ++i) {
    ASSERT_TRUE(ChangePassword(self, number(i - 1), number(i)).ok());
    for (int used = 1; used <= i; ++used) {
      EXPECT_EQ(ReasonOf(ChangePassword(self, number(i), number(used))), "PASSWORD_USED_BEFORE")
          << i << " " << used;
    }
  }
  // The first is the sixth by now.
  EXPECT_TRUE(ChangePassword(self, number(5), kPassword).ok());
}

TEST_F(PasswordChangeTest, TheSessionTellsThePolicy) {
  MakeUser("li.wei");
  EXPECT_EQ(SignIn("li.wei", kPassword)->session().password_policy().profile(), "mlps");
  options_.passwords = *PasswordPolicy::Named("asvs");
  const TestCaller self = CallerOf(Token("li.wei"));
  const auto policy = GetSession(self)->password_policy();
  EXPECT_EQ(policy.profile(), "asvs");
  EXPECT_EQ(policy.min_length(), 12);
  EXPECT_NE(policy.text(), "");
  EXPECT_EQ(ReasonOf(ChangePassword(self, kPassword, "woaini1314520")), "PASSWORD_WEAK");
  EXPECT_EQ(ReasonOf(ChangePassword(self, kPassword, "li.wei20260101")), "PASSWORD_WEAK");
  EXPECT_TRUE(ChangePassword(self, kPassword, "sevenpurpleotters").ok());
}

// A wrong old password stands behind no open transaction: what it is checked with
// may take its time.
TEST_F(PasswordChangeTest, OfTwoChangesAtOnceOneHolds) {
  MakeUser("li.wei");
  for (int round = 0; round < 3; ++round) {
    const std::string from = round == 0 ? kPassword : "jinhuan-a-" + std::to_string(round - 1);
    const TestCaller self = CallerOf(Token("li.wei", from));
    std::vector<absl::Status> results(2);
    const std::vector<std::string> to = {"jinhuan-a-" + std::to_string(round),
                                         "jinhuan-b-" + std::to_string(round)};
    AtOnce(2, [&](int i) {
      const auto n = static_cast<size_t>(i);
      results[n] = ChangePassword(self, from, to[n]);
    });
    EXPECT_NE(results[0].ok(), results[1].ok());
    const size_t won = results[0].ok() ? 0 : 1;
    EXPECT_EQ(ReasonOf(results[1 - won]), "PASSWORD_WRONG");
    EXPECT_TRUE(SignIn("li.wei", to[won]).ok());
    if (won == 1) {
      ASSERT_TRUE(ChangePassword(CallerOf(Token("li.wei", to[1])), to[1], to[0]).ok());
    }
  }
}

}  // namespace
}  // namespace jinhuan::alliance
