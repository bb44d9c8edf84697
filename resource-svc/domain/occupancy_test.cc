#include "resource-svc/domain/occupancy.h"

#include <gmock/gmock.h>

namespace jinhuan::resource {
namespace {

const absl::TimeZone kZone = absl::FixedTimeZone(8 * 3600);

absl::Time At(int hour, int minute = 0) {
  return absl::FromCivil(absl::CivilMinute(2026, 11, 10, hour, minute), kZone);
}

// Open from 9:00 to 11:00, in slots of half an hour, with 4 places.
Supply Morning() {
  Supply supply{.facility = {}, .window = {}, .zone = kZone};
  supply.window.set_name("alliances/a/facilities/f/windows/w");
  supply.window.mutable_start_date()->set_year(2026);
  supply.window.mutable_start_date()->set_month(11);
  supply.window.mutable_start_date()->set_day(1);
  supply.window.set_open_minute(9 * 60);
  supply.window.set_close_minute(11 * 60);
  supply.window.set_slot_minutes(30);
  supply.window.set_capacity(4);
  return supply;
}

TEST(Occupancy, AMomentLastsUntilTheClockChangesIt) {
  const Supply supply = Morning();
  EXPECT_EQ(MomentOf(supply, At(8, 40)).slot, std::nullopt);
  EXPECT_EQ(MomentOf(supply, At(8, 40)).until, At(9));
  EXPECT_EQ(MomentOf(supply, At(9)).slot, (Slot{At(9), At(9, 30)}));
  EXPECT_EQ(MomentOf(supply, At(9, 10)).until, At(9, 30));
  EXPECT_EQ(MomentOf(supply, At(11)).slot, std::nullopt);
  EXPECT_EQ(MomentOf(supply, At(11)).until, At(12));  // looked at again after an hour
}

TEST(Occupancy, SaysWhatIsFreeOfWhatIsOpen) {
  const Supply supply = Morning();
  const Moment open = MomentOf(supply, At(9));
  const auto of = [&](std::optional<SlotCount> count, bool withdrawn = false) {
    return OccupancyOf(supply, open, count, withdrawn, At(9));
  };
  EXPECT_EQ(of(std::nullopt).realtime_free_capacity(), 4);
  EXPECT_EQ(of(SlotCount{3, 4, 0}).realtime_free_capacity(), 1);
  EXPECT_EQ(of(SlotCount{3, 4, 2}).realtime_free_capacity(), 0);  // it is for who waits
  EXPECT_EQ(of(SlotCount{3, 3, 0}).realtime_capacity(), 3);
  EXPECT_EQ(of(SlotCount{0, 0, 0}, true).realtime_opening_status(), v1::OPENING_STATUS_WITHDRAWN);
  const v1::Occupancy closed = OccupancyOf(supply, MomentOf(supply, At(8)), {}, false, At(8));
  EXPECT_EQ(closed.realtime_opening_status(), v1::OPENING_STATUS_CLOSED);
  EXPECT_EQ(closed.realtime_capacity(), 0);
  EXPECT_EQ(closed.capacity(), 4);
}

TEST(Occupancy, TheTimeOfFindingOutIsNoNews) {
  const Supply supply = Morning();
  const Moment open = MomentOf(supply, At(9));
  const v1::Occupancy one = OccupancyOf(supply, open, SlotCount{1, 4, 0}, false, At(9));
  EXPECT_TRUE(SaysTheSame(one, OccupancyOf(supply, open, SlotCount{1, 4, 0}, false, At(9, 5))));
  EXPECT_FALSE(SaysTheSame(one, OccupancyOf(supply, open, SlotCount{2, 4, 0}, false, At(9))));
}

}  // namespace
}  // namespace jinhuan::resource
