#include "platform/id.h"

#include <gtest/gtest.h>

#include <regex>
#include <set>

namespace jinhuan {
namespace {

constexpr int64_t kMillis = 0x017F22E279B0;  // the example of RFC 9562, appendix A.6

TEST(IdTest, HasTheLayoutOfUuidVersion7) {
  const FakeClock clock(absl::FromUnixMillis(kMillis));
  RandomIdSource ids(clock);
  const std::regex layout("017f22e2-79b0-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  for (int i = 0; i < 1000; ++i) {
    const std::string id = ids.NewId();
    EXPECT_TRUE(std::regex_match(id, layout)) << id;
  }
}

TEST(IdTest, LaterMillisecondsSortLater) {
  FakeClock clock(absl::FromUnixMillis(kMillis));
  RandomIdSource ids(clock);
  std::string before;
  for (int i = 0; i < 1000; ++i) {
    const std::string id = ids.NewId();
    EXPECT_LT(before, id);
    before = id;
    clock.Advance(absl::Milliseconds(1));
  }
}

TEST(IdTest, TwoSourcesSortByTheClockWithinAMillisecond) {
  FakeClock clock(absl::FromUnixMillis(kMillis));
  RandomIdSource one(clock);
  RandomIdSource other(clock);
  std::string before;
  for (int i = 0; i < 2000; ++i) {
    const std::string id = (i % 2 == 0 ? one : other).NewId();
    EXPECT_LT(before, id);
    before = id;
    clock.Advance(absl::Microseconds(1));
  }
}

TEST(IdTest, SortsInTheOrderOfMakingWithinAMillisecondAndWhenTheClockGoesBack) {
  FakeClock clock(absl::FromUnixMillis(kMillis));
  RandomIdSource ids(clock);
  std::string before;
  for (int i = 0; i < 10000; ++i) {
    const std::string id = ids.NewId();
    EXPECT_LT(before, id);
    before = id;
    if (i == 5000) clock.Advance(-absl::Seconds(1));
  }
}

TEST(IdTest, DiffersWithinAMillisecond) {
  const FakeClock clock(absl::FromUnixMillis(kMillis));
  RandomIdSource ids(clock);
  std::set<std::string> seen;
  for (int i = 0; i < 10000; ++i) seen.insert(ids.NewId());
  EXPECT_EQ(seen.size(), 10000U);
}

TEST(RandomTokenTest, IsUrlSafeBase64OfThatManyBytes) {
  const std::string token = RandomToken(32);
  EXPECT_TRUE(std::regex_match(token, std::regex("[A-Za-z0-9_-]{43}"))) << token;
  EXPECT_NE(token, RandomToken(32));
}

}  // namespace
}  // namespace jinhuan
