#include "alliance-svc/domain/rotation_credit.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace jinhuan::alliance::rotation {
namespace {

absl::Time At(int64_t second) { return absl::FromUnixSeconds(second); }

TEST(RotationCredit, IsTheShareOfTheTermRoundedDown) {
  EXPECT_EQ(CreditOf(At(0), At(90), At(0), At(90)), kFullTerm);
  EXPECT_EQ(CreditOf(At(0), At(30), At(0), At(90)), 333'333);
  EXPECT_EQ(CreditOf(At(30), At(60), At(0), At(90)), 333'333);
  EXPECT_EQ(CreditOf(At(60), At(90), At(0), At(90)), 333'334);
}

TEST(RotationCredit, OutsideTheTermEarnsNothing) {
  EXPECT_EQ(CreditOf(At(-50), At(45), At(0), At(90)), kFullTerm / 2);
  EXPECT_EQ(CreditOf(At(45), absl::InfiniteFuture(), At(0), At(90)), kFullTerm / 2);
  EXPECT_EQ(CreditOf(At(100), At(200), At(0), At(90)), 0);
  EXPECT_EQ(CreditOf(At(60), At(30), At(0), At(90)), 0);
  EXPECT_EQ(CreditOf(At(0), At(1), At(5), At(5)), 0);
}

TEST(RotationCredit, TheStintsOfATermEarnAFullOneTogether) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 1'000; ++round) {
    const int64_t begin = static_cast<int64_t>(random() % 4'000'000'000);
    const int64_t end = begin + 1 + static_cast<int64_t>(random() % 40'000'000);
    std::vector<int64_t> cuts = {begin, end};
    for (uint64_t i = random() % 9; i > 0; --i) {
      cuts.push_back(begin + static_cast<int64_t>(random() % (end - begin + 1)));
    }
    std::sort(cuts.begin(), cuts.end());
    Credit sum = 0;
    for (size_t i = 1; i < cuts.size(); ++i) {
      const Credit credit = CreditOf(At(cuts[i - 1]), At(cuts[i]), At(begin), At(end));
      EXPECT_GE(credit, 0);
      sum += credit;
    }
    ASSERT_EQ(sum, kFullTerm) << "round " << round;
  }
}

// The numbers are what `printf 'seed\0member' | sha256sum` begins with.
TEST(RotationLottery, AnyoneCanComputeItAgain) {
  EXPECT_EQ(LotteryNumber("2024-spring", "alliances/zhonghuan/members/m1"),
            2'250'334'546'666'837'814u);
  EXPECT_EQ(LotteryNumber("", "a"), 156'053'109'382'756'266u);
  EXPECT_EQ(LotteryCommitment("2024-spring"),
            "454ff179ae8fba4fa99b2a794e7d7e59bc3acc1a82164bc19bded83a16b4912c");
}

TEST(RotationLottery, SeedAndMemberAreKeptApart) {
  EXPECT_NE(LotteryNumber("ab", "c"), LotteryNumber("a", "bc"));
}

}  // namespace
}  // namespace jinhuan::alliance::rotation
