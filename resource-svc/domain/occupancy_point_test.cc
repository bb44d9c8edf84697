#include "resource-svc/domain/occupancy_point.h"

#include <gtest/gtest.h>

namespace jinhuan::resource {
namespace {

TEST(OccupancyPointTest, ATokenIsThePointThatItWasMadeOf) {
  const OccupancyPoint point{7, absl::FromUnixMicros(1'764'000'000'000'001)};
  EXPECT_EQ(TokenOf(point), "7.1764000000000001");
  EXPECT_EQ(PointOf(TokenOf(point)), point);
  EXPECT_EQ(PointOf("0.0"), (OccupancyPoint{0, absl::UnixEpoch()}));
}

TEST(OccupancyPointTest, WhatNoWatchGaveIsNoPoint) {
  for (const char* token :
       {"", ".", "1", "1.", ".1", "1.2.3", "1.2 ", " 1.2", "+1.2", "-1.2", "1.-2",
        "9223372036854775808.0", "1.253402300800000000", "1.9223372036854775807"}) {
    EXPECT_EQ(PointOf(token), std::nullopt) << token;
  }
}

}  // namespace
}  // namespace jinhuan::resource
