#include "gateway/http/place_limit.h"

#include <gtest/gtest.h>

namespace jinhuan::gateway::http {
namespace {

TEST(PlaceLimitTest, EachHasPlacesOfItsOwn) {
  PlaceLimit limit(2);
  auto first = limit.Take("a");
  const auto second = limit.Take("a");
  EXPECT_TRUE(second.has_value());
  EXPECT_FALSE(limit.Take("a").has_value());
  EXPECT_TRUE(limit.Take("b").has_value());
  first.reset();
  EXPECT_TRUE(limit.Take("a").has_value());
}

TEST(PlaceLimitTest, ThereAreSoManyAltogether) {
  PlaceLimit limit(2, 3);
  const auto first = limit.Take("a");
  const auto second = limit.Take("a");
  auto third = limit.Take("b");
  EXPECT_TRUE(third.has_value());
  EXPECT_FALSE(limit.Take("c").has_value());
  third.reset();
  EXPECT_EQ(limit.size(), 1u);
  EXPECT_TRUE(limit.Take("c").has_value());
}

TEST(PlaceLimitTest, ForgetsWhoHasNone) {
  PlaceLimit limit(1);
  {
    auto place = limit.Take("a");
    const PlaceLimit::Place moved = *std::move(place);
    EXPECT_EQ(limit.size(), 1u);
  }
  EXPECT_EQ(limit.size(), 0u);
}

}  // namespace
}  // namespace jinhuan::gateway::http
