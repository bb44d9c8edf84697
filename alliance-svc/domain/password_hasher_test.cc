#include "alliance-svc/domain/password_hasher.h"

#include <gtest/gtest.h>
#include <sodium.h>

#include <algorithm>
#include <atomic>
#include <ctime>
#include <limits>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "platform/status/error.h"

namespace jinhuan::alliance {
namespace {

class PasswordHasherTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { ASSERT_GE(sodium_init(), 0); }

  PasswordHasher hasher_{1};
  const absl::Time deadline_ = absl::Now() + absl::Seconds(30);
};

TEST_F(PasswordHasherTest, KnowsItsPassword) {
  const std::string hash = *hasher_.Hash("jinhuan-2026", deadline_);
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << hash;
  EXPECT_TRUE(*hasher_.Verify(hash, "jinhuan-2026", deadline_));
  EXPECT_FALSE(*hasher_.Verify(hash, "jinhuan-2027", deadline_));
  EXPECT_NE(hash, *hasher_.Hash("jinhuan-2026", deadline_));
}

TEST_F(PasswordHasherTest, NobodysHashMatchesNothingAndCostsTheSame) {
  const std::string hash = *hasher_.Hash("jinhuan-2026", deadline_);
  // In ticks of the processor that this process had: what else the machine does counts for nothing.
  const auto cost = [&](const std::string& of) {
    std::clock_t least = std::numeric_limits<std::clock_t>::max();
    for (int i = 0; i < 5; ++i) {
      const std::clock_t begin = std::clock();
      EXPECT_FALSE(*hasher_.Verify(of, "x", deadline_));
      least = std::min(least, std::clock() - begin);
    }
    return least;
  };
  const std::clock_t known = cost(hash);
  const std::clock_t unknown = cost("");
  EXPECT_LT(unknown, 2 * known);
  EXPECT_LT(known, 2 * unknown);
}

TEST_F(PasswordHasherTest, DigestDependsOnPasswordAndContextAlone) {
  const std::string digest = *hasher_.Digest("p", "r1", deadline_);
  EXPECT_EQ(digest.size(), 64u);
  EXPECT_EQ(digest, *hasher_.Digest("p", "r1", deadline_));
  EXPECT_NE(digest, *hasher_.Digest("q", "r1", deadline_));
  EXPECT_NE(digest, *hasher_.Digest("p", "r2", deadline_));
}

TEST_F(PasswordHasherTest, RefusesWhenTooManyWait) {
  constexpr int kCallers = 3 * PasswordHasher::kMaxWaiting;
  std::atomic<int> hashed = 0;
  std::atomic<int> refused = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < kCallers; ++i) {
    callers.emplace_back([&] {
      const auto hash = hasher_.Hash("jinhuan-2026", deadline_);
      if (hash.ok()) {
        ++hashed;
      } else if (ReasonOf(hash.status()) == "OVERLOADED") {
        ++refused;
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(hashed + refused, kCallers);
  EXPECT_GT(refused, 0);
  EXPECT_GE(hashed, PasswordHasher::kMaxWaiting);
  EXPECT_TRUE(hasher_.Hash("jinhuan-2026", deadline_).ok());
}

TEST_F(PasswordHasherTest, DoesNotWaitPastTheDeadline) {
  // The turn is held by a hash that another thread repeats until told to stop.
  std::atomic<bool> stop = false;
  std::atomic<bool> busy = false;
  std::thread other([&] {
    while (!stop) {
      EXPECT_TRUE(hasher_.Hash("jinhuan-2026", deadline_).ok());
      busy = true;
    }
  });
  while (!busy) std::this_thread::yield();
  int late = 0;
  for (int i = 0; i < 200 && late == 0; ++i) {
    const auto hash = hasher_.Hash("jinhuan-2026", absl::Now() - absl::Seconds(1));
    if (ReasonOf(hash.status()) == "OVERLOADED") ++late;
  }
  stop = true;
  other.join();
  EXPECT_EQ(late, 1);
}

}  // namespace
}  // namespace jinhuan::alliance
