// Wrong passwords, by account and source.
#include <gmock/gmock.h>

#include <atomic>

#include "alliance-svc/rpc/account_fixture.h"
#include "alliance-svc/rpc/housekeeper.h"

namespace jinhuan::alliance {
namespace {

class LockOutTest : public AccountFixture {
 protected:
  std::string Guess(const std::string& login, const std::string& address) {
    return ReasonOf(SignIn(login, "wrong-2026", address).status());
  }
  // Guesses once from each of `count` addresses; how many times each reason came.
  std::map<std::string, int> GuessFromAfar(const std::string& login, int count) {
    std::map<std::string, int> reasons;
    for (int i = 0; i < count; ++i) ++reasons[Guess(login, "203.0.113." + std::to_string(i))];
    return reasons;
  }

  const v1::User user_ = MakeUser("li.wei");
};

TEST_F(LockOutTest, FiveFromOneSourceRefuseThatSourceAlone) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(Guess("li.wei", "192.0.2.1"), "PASSWORD_WRONG");
  EXPECT_EQ(ReasonOf(SignIn("li.wei", kPassword, "192.0.2.1").status()), "RATE_LIMITED");
  EXPECT_TRUE(SignIn("li.wei", kPassword, "192.0.2.2").ok());
  EXPECT_EQ(ReasonOf(SignIn("li.wei", kPassword, "192.0.2.1").status()), "RATE_LIMITED");
}

TEST_F(LockOutTest, AnIpv6SubscriberIsOneSource) {
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(Guess("li.wei", "2001:db8::" + std::to_string(i)), "PASSWORD_WRONG");
  }
  EXPECT_EQ(Guess("li.wei", "2001:db8::99"), "RATE_LIMITED");
  EXPECT_EQ(Guess("li.wei", "2001:db8:0:1::99"), "PASSWORD_WRONG");
}

TEST_F(LockOutTest, ThirtyFromAllSourcesRefuseTheLogin) {
  for (const char* login : {"li.wei", "nobody"}) {
    EXPECT_EQ(GuessFromAfar(login, 30), (std::map<std::string, int>{{"PASSWORD_WRONG", 30}}));
    EXPECT_EQ(ReasonOf(SignIn(login, kPassword, "192.0.2.9").status()), "RATE_LIMITED");
  }
  const auto entry = Entries().back();
  EXPECT_EQ(entry.resource(), user_.name());
  EXPECT_EQ(entry.reason(), "refused after 30 wrong passwords");
  clock_.Advance(absl::Minutes(15));
  EXPECT_TRUE(SignIn("li.wei", kPassword, "192.0.2.9").ok());
}

// What an owner's own sign-ins forgive is its own source; a guesser's count stays.
TEST_F(LockOutTest, ARightPasswordForgivesItsSourceAlone) {
  EXPECT_EQ(GuessFromAfar("li.wei", 29).at("PASSWORD_WRONG"), 29);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(SignIn("li.wei", kPassword, "192.0.2.9").ok());
  EXPECT_EQ(Guess("li.wei", "198.51.100.1"), "PASSWORD_WRONG");
  EXPECT_EQ(Guess("li.wei", "198.51.100.2"), "RATE_LIMITED");
}

TEST_F(LockOutTest, WhatIsAnHourOldIsForgotten) {
  EXPECT_EQ(GuessFromAfar("li.wei", 29).at("PASSWORD_WRONG"), 29);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(Guess("nobody", "192.0.2.1"), "PASSWORD_WRONG");
  clock_.Advance(absl::Hours(1));
  EXPECT_EQ(GuessFromAfar("li.wei", 29).at("PASSWORD_WRONG"), 29);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(Guess("nobody", "192.0.2.1"), "PASSWORD_WRONG");
  EXPECT_TRUE(SignIn("li.wei", kPassword, "192.0.2.9").ok());
}

TEST_F(LockOutTest, TheAccountShowsItAndEnablingLiftsIt) {
  EXPECT_FALSE(Get(user_.name())->has_locked_until_time());
  for (int i = 0; i < 5; ++i) Guess("li.wei", "192.0.2.1");
  EXPECT_EQ(Get(user_.name())->locked_until_time().seconds(),
            absl::ToUnixSeconds(clock_.Now() + absl::Minutes(15)));
  const auto enabled = Enable(user_.name(), "本人来电");
  ASSERT_TRUE(enabled.ok()) << enabled.status();
  EXPECT_FALSE(enabled->has_locked_until_time());
  EXPECT_TRUE(SignIn("li.wei", kPassword, "192.0.2.1").ok());
  for (int i = 0; i < 5; ++i) Guess("li.wei", "192.0.2.1");
  clock_.Advance(absl::Minutes(15));
  EXPECT_FALSE(Get(user_.name())->has_locked_until_time());
}

TEST_F(LockOutTest, TwoAtOnceAreBothCounted) {
  for (int round = 0; round < 5; ++round) {
    const std::string address = "192.0.2." + std::to_string(round);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(Guess("li.wei", address), "PASSWORD_WRONG");
    AtOnce(2, [&](int) { EXPECT_EQ(Guess("li.wei", address), "PASSWORD_WRONG"); });
    EXPECT_EQ(Guess("li.wei", address), "RATE_LIMITED") << round;
  }
}

TEST_F(LockOutTest, TidyingKeepsARefusal) {
  clock_.Advance(-absl::Minutes(50));
  for (int i = 0; i < 4; ++i) Guess("li.wei", "192.0.2.1");
  clock_.Advance(absl::Minutes(50));
  Guess("li.wei", "192.0.2.1");
  clock_.Advance(absl::Minutes(12));  // the first was more than an hour ago
  ASSERT_TRUE(Housekeeper::Tidy(database_->pool(), stores_, ids_, clock_.Now()).ok());
  EXPECT_EQ(Guess("li.wei", "192.0.2.1"), "RATE_LIMITED");
  clock_.Advance(absl::Hours(2));
  ASSERT_TRUE(Housekeeper::Tidy(database_->pool(), stores_, ids_, clock_.Now()).ok());
  EXPECT_EQ(Stored().find("192.0.2.1"), Stored().rfind("from 192.0.2.1") + 5);
}

}  // namespace
}  // namespace jinhuan::alliance
