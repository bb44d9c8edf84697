#include "platform/id_bound.h"

#include <gtest/gtest.h>

#include "platform/id.h"

namespace jinhuan {
namespace {

TEST(IdBoundTest, LiesBetweenWhatIsMadeBeforeAndFromThenOn) {
  for (const int64_t millis : {int64_t{0x017F22E279B0}, int64_t{1'800'000'000'000}}) {
    const absl::Time time = absl::FromUnixMillis(millis);
    FakeClock clock(time);
    RandomIdSource ids(clock);
    const std::string id = ids.NewId();
    EXPECT_LE(FirstIdOf(time), id);
    EXPECT_GT(FirstIdOf(time + absl::Milliseconds(1)), id);
    EXPECT_LT(FirstIdOf(absl::InfinitePast()), id);
    clock.Advance(absl::Hours(24 * 365));
    EXPECT_LE(FirstIdOf(clock.Now()), ids.NewId());
  }
}

}  // namespace
}  // namespace jinhuan
