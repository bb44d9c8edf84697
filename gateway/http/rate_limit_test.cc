#include "gateway/http/rate_limit.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "platform/status/error.h"

namespace jinhuan::gateway::http {
namespace {

class RateLimitTest : public testing::Test {
 protected:
  FakeClock clock_{absl::FromUnixSeconds(1'000'000)};
  RateLimit limit_{3, 6, clock_};
};

TEST_F(RateLimitTest, TakesABurstAndRefills) {
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limit_.Take("10.0.0.1").ok());
  const absl::Status refused = limit_.Take("10.0.0.1");
  EXPECT_EQ(ReasonOf(refused), "RATE_LIMITED");
  EXPECT_EQ(refused.message(), "too many attempts; try again in 10 s");
  clock_.Advance(absl::Seconds(9));
  EXPECT_FALSE(limit_.Take("10.0.0.1").ok());
  clock_.Advance(absl::Seconds(1));
  EXPECT_TRUE(limit_.Take("10.0.0.1").ok());
  EXPECT_FALSE(limit_.Take("10.0.0.1").ok());
}

TEST_F(RateLimitTest, NeverHoldsMoreThanTheBurst) {
  EXPECT_TRUE(limit_.Take("10.0.0.1").ok());
  clock_.Advance(absl::Hours(1));
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limit_.Take("10.0.0.1").ok());
  EXPECT_FALSE(limit_.Take("10.0.0.1").ok());
}

TEST_F(RateLimitTest, CountsAddressesApartAndASubscribersIpv6Together) {
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limit_.Take("10.0.0.1").ok());
  EXPECT_TRUE(limit_.Take("10.0.0.2").ok());
  EXPECT_FALSE(limit_.Take("::ffff:10.0.0.1").ok());
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limit_.Take(fmt::format("2001:db8::{}", i)).ok());
  EXPECT_FALSE(limit_.Take("2001:db8::ffff:1").ok());
  EXPECT_TRUE(limit_.Take("2001:db8:0:1::1").ok());
}

TEST_F(RateLimitTest, SurvivesAClockThatGoesBack) {
  EXPECT_TRUE(limit_.Take("10.0.0.1").ok());
  clock_.Advance(-absl::Hours(1));
  EXPECT_TRUE(limit_.Take("10.0.0.1").ok());
}

TEST_F(RateLimitTest, ForgetsThoseThatRested) {
  for (int i = 0; i < 5000; ++i) {
    EXPECT_TRUE(limit_.Take(fmt::format("10.1.{}.{}", i / 256, i % 256)).ok());
    clock_.Advance(absl::Seconds(1));
  }
  EXPECT_LE(limit_.size(), 1024u);
}

}  // namespace
}  // namespace jinhuan::gateway::http
