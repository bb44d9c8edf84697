#include "resource-svc/domain/utilization.h"

#include <gmock/gmock.h>

#include "absl/time/civil_time.h"
#include "platform/api/time.h"

namespace jinhuan::resource {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

const absl::TimeZone kZone = absl::FixedTimeZone(8 * 3600);

absl::Time At(int hour, int minute = 0) {
  return absl::FromCivil(absl::CivilMinute(2026, 11, 23, hour, minute), kZone);
}

int64_t Sum(const Utilization& utilization, bool used) {
  int64_t sum = 0;
  for (const v1::HourUse& hour : utilization.Hours()) {
    sum += used ? hour.use().used_minutes() : hour.use().offered_minutes();
  }
  return sum;
}

TEST(UtilizationTest, ASlotCountsForTheHoursThatItLiesIn) {
  Utilization utilization;
  utilization.AddSlot("f", kZone, {At(8, 30), At(10, 15)}, 10, 4);
  const auto hours = utilization.Hours();
  ASSERT_THAT(hours, SizeIs(24));
  EXPECT_EQ(hours[8].use().offered_minutes(), 300);
  EXPECT_EQ(hours[9].use().offered_minutes(), 600);
  EXPECT_EQ(hours[9].use().used_minutes(), 240);
  EXPECT_EQ(hours[10].use().offered_minutes(), 150);
  EXPECT_EQ(hours[11].use().offered_minutes(), 0);
  EXPECT_EQ(utilization.Of("f").offered_minutes(), 1050);
  EXPECT_EQ(utilization.Of("f").used_minutes(), 420);
  EXPECT_EQ(utilization.Of("g").offered_minutes(), 0);
}

TEST(UtilizationTest, HoursAddUpToFacilities) {
  Utilization utilization;
  for (int i = 0; i < 200; ++i) {
    const absl::Time start = At(0) + absl::Minutes(37 * i);
    utilization.AddSlot(i % 2 == 0 ? "f" : "g", kZone, {start, start + absl::Minutes(5 + i)},
                        1 + i % 7, i % 7);
  }
  const int64_t offered =
      utilization.Of("f").offered_minutes() + utilization.Of("g").offered_minutes();
  const int64_t used = utilization.Of("f").used_minutes() + utilization.Of("g").used_minutes();
  EXPECT_EQ(Sum(utilization, false), offered);
  EXPECT_EQ(Sum(utilization, true), used);
}

TEST(UtilizationTest, AnHourThatComesTwiceOrNotAtAllIsCountedAsItWas) {
  absl::TimeZone berlin;
  ASSERT_TRUE(absl::LoadTimeZone("Europe/Berlin", &berlin));
  for (const absl::CivilDay day : {absl::CivilDay(2026, 10, 25), absl::CivilDay(2026, 3, 29)}) {
    Utilization utilization;
    const absl::Time start = absl::FromCivil(day, berlin);
    const absl::Time end = absl::FromCivil(day + 1, berlin);
    utilization.AddSlot("f", berlin, {start, end}, 1, 1);
    EXPECT_EQ(utilization.Of("f").offered_minutes(), absl::ToInt64Minutes(end - start));
    const int64_t twice = utilization.Hours()[2].use().offered_minutes();
    EXPECT_EQ(twice, day.month() == 10 ? 120 : 0);
  }
}

TEST(UtilizationTest, UnitsComeByWhatTheyUsed) {
  Utilization utilization;
  EXPECT_THAT(utilization.Units(), IsEmpty());
  for (const char* member : {"b", "a", "b", "c"}) {
    v1::Booking booking;
    booking.set_member(member);
    booking.set_quantity(2);
    *booking.mutable_start_time() = api::ToProto(At(8));
    *booking.mutable_end_time() = api::ToProto(At(9));
    utilization.AddBooking(booking);
  }
  const auto units = utilization.Units();
  ASSERT_THAT(units, SizeIs(3));
  EXPECT_EQ(units[0].member(), "b");
  EXPECT_EQ(units[0].used_minutes(), 240);
  EXPECT_EQ(units[0].booking_count(), 2);
  EXPECT_EQ(units[1].member(), "a");
}

TEST(UtilizationTest, OnlyWhatHoldsOrHeldItsPlacesIsAUse) {
  int uses = 0;
  for (int state = 0; state < v1::Booking::State_ARRAYSIZE; ++state) {
    uses += IsUse(static_cast<v1::Booking::State>(state));
  }
  EXPECT_EQ(uses, 3);
  EXPECT_FALSE(IsUse(v1::Booking::STATE_CANCELLED));
  EXPECT_FALSE(IsUse(v1::Booking::STATE_NO_SHOW));
}

}  // namespace
}  // namespace jinhuan::resource
