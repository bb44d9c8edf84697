#include "platform/check_in/code_tries.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace jinhuan {
namespace {

using Outcome = CodeTries::Outcome;

const absl::Time kNow = absl::FromUnixSeconds(1'000'000);

TEST(CodeTriesTest, EachNameHasSoManyWrongTries) {
  CodeTries tries;
  const auto wrong = [] { return false; };
  for (int i = 0; i < CodeTries::kTries; ++i) {
    EXPECT_EQ(tries.Try("a", kNow, wrong), Outcome::kWrong);
  }
  EXPECT_EQ(tries.Try("a", kNow, [] { return true; }), Outcome::kUsedUp);
  EXPECT_EQ(tries.Try("b", kNow, [] { return true; }), Outcome::kRight);
  EXPECT_EQ(tries.Try("a", kNow + CodeTries::kPause, wrong), Outcome::kWrong);
}

TEST(CodeTriesTest, ManyAtOnceAreNoMoreTries) {
  CodeTries tries;
  std::atomic<int> asked = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&] {
      tries.Try("a", kNow, [&] {
        ++asked;
        std::this_thread::yield();
        return false;
      });
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(asked, CodeTries::kTries);
}

}  // namespace
}  // namespace jinhuan
