#include "resource-svc/domain/window_calendar.h"

#include <gmock/gmock.h>

#include "resource-svc/domain/random_window.h"

namespace jinhuan::resource {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

absl::TimeZone Zone(const char* name) {
  absl::TimeZone zone;
  EXPECT_TRUE(absl::LoadTimeZone(name, &zone)) << name;
  return zone;
}

v1::Window Daily(int open, int close, int slot) {
  v1::Window window;
  *window.mutable_start_date() = ToDate(absl::CivilDay(2026, 1, 1));
  window.set_open_minute(open);
  window.set_close_minute(close);
  window.set_slot_minutes(slot);
  return window;
}

// Whether the window is open at `time`, from the clock on the wall alone.
bool IsOpen(const v1::Window& window, absl::Time time, absl::TimeZone zone) {
  const absl::CivilMinute now = absl::ToCivilMinute(time, zone);
  const absl::CivilDay today(now);
  for (int ago = 0; ago <= 1; ++ago) {
    const auto minute = now - absl::CivilMinute(today - ago);
    if (OpensOn(window, today - ago) && minute >= window.open_minute() &&
        minute < window.close_minute()) {
      return true;
    }
  }
  return false;
}

TEST(WindowCalendarTest, OpeningsAreHalfOpenAndCrossMidnight) {
  const absl::TimeZone zone = Zone("Asia/Shanghai");
  v1::Window window = Daily(22 * 60, 26 * 60, 120);
  window.add_weekdays(google::type::FRIDAY);
  const WindowCalendar calendar(window, zone);
  const absl::Time ten = absl::FromCivil(absl::CivilHour(2026, 11, 27, 22), zone);
  const Slot first = {ten, ten + absl::Hours(2)};
  const Slot second = {ten + absl::Hours(2), ten + absl::Hours(4)};  // begins on Saturday
  EXPECT_THAT(calendar.OpeningAt(ten), ElementsAre(first, second));
  EXPECT_THAT(calendar.OpeningAt(ten + absl::Hours(3)), ElementsAre(first, second));
  EXPECT_THAT(calendar.OpeningAt(ten - absl::Nanoseconds(1)), IsEmpty());
  EXPECT_THAT(calendar.OpeningAt(ten + absl::Hours(4)), IsEmpty());
  EXPECT_THAT(calendar.SlotsOverlapping(ten + absl::Seconds(1), ten + absl::Hours(48)),
              ElementsAre(first, second));  // the first is under way
  EXPECT_THAT(calendar.SlotsOverlapping(ten + absl::Hours(2), ten + absl::Hours(48)),
              ElementsAre(second));
  EXPECT_THAT(calendar.SlotsOverlapping(ten, ten + absl::Hours(2)), ElementsAre(first));
  EXPECT_THAT(calendar.SlotsOverlapping(ten, ten), IsEmpty());
}

TEST(WindowCalendarTest, ValidDatesAreInclusive) {
  const absl::TimeZone zone = Zone("Asia/Shanghai");
  v1::Window window = Daily(0, 1440, 1440);
  *window.mutable_start_date() = ToDate(absl::CivilDay(2026, 2, 27));
  *window.mutable_end_date() = ToDate(absl::CivilDay(2026, 3, 2));
  const auto slots = WindowCalendar(window, zone)
                         .SlotsOverlapping(absl::FromCivil(absl::CivilDay(2026, 1, 1), zone),
                                           absl::FromCivil(absl::CivilDay(2026, 12, 31), zone));
  ASSERT_THAT(slots, SizeIs(4));
  EXPECT_EQ(slots.front().start, absl::FromCivil(absl::CivilDay(2026, 2, 27), zone));
  EXPECT_EQ(slots.back().end, absl::FromCivil(absl::CivilDay(2026, 3, 3), zone));
}

// Berlin puts its clocks forward on 29 March 2026 at 2:00 and back on 25 October
// at 3:00.
TEST(WindowCalendarTest, TheHourThatDoesNotHappenHasNoSlot) {
  const absl::TimeZone zone = Zone("Europe/Berlin");
  const v1::Window window = Daily(60, 240, 30);  // 1:00 to 4:00
  const absl::Time one = absl::FromCivil(absl::CivilHour(2026, 3, 29, 1), zone);
  const auto slots = WindowCalendar(window, zone).OpeningAt(one);
  ASSERT_THAT(slots, SizeIs(4));
  EXPECT_EQ(slots[1].end, one + absl::Hours(1));  // 2:00 is 3:00
  EXPECT_EQ(slots[2].start, one + absl::Hours(1));
  EXPECT_EQ(slots[3].end, one + absl::Hours(2));
}

TEST(WindowCalendarTest, TheHourThatComesTwiceBelongsToTheSlotThatBeganFirst) {
  const absl::TimeZone zone = Zone("Europe/Berlin");
  const v1::Window window = Daily(60, 240, 60);
  const absl::Time one = absl::FromCivil(absl::CivilHour(2026, 10, 25, 1), zone);
  const auto slots = WindowCalendar(window, zone).OpeningAt(one);
  EXPECT_THAT(slots, ElementsAre(Slot{one, one + absl::Hours(1)},
                                 Slot{one + absl::Hours(1), one + absl::Hours(3)},
                                 Slot{one + absl::Hours(3), one + absl::Hours(4)}));
  const absl::Time late = one + absl::Minutes(170);  // in the second hour of a slot of two
  EXPECT_THAT(WindowCalendar(window, zone).SlotsOverlapping(late, late + absl::Minutes(5)),
              ElementsAre(Slot{one + absl::Hours(1), one + absl::Hours(3)}));
}

// Against a walk over every minute of three weeks.
TEST(WindowCalendarTest, AgreesWithTheClockOnTheWall) {
  const absl::CivilDay first(2026, 11, 2);
  std::mt19937 random(20261123);
  for (const char* name : {"Asia/Shanghai", "Asia/Kathmandu", "Pacific/Kiritimati"}) {
    const absl::TimeZone zone = Zone(name);
    const absl::Time from = absl::FromCivil(first, zone);
    for (int round = 0; round < 15; ++round) {
      const v1::Window window = RandomWindow(first, random);
      const WindowCalendar calendar(window, zone);
      const auto slots = calendar.SlotsOverlapping(from, from + absl::Hours(21 * 24));
      size_t at = 0;
      for (absl::Time t = from; t < from + absl::Hours(21 * 24); t += absl::Minutes(1)) {
        while (at < slots.size() && slots[at].end <= t) ++at;
        const bool open = at < slots.size() && slots[at].start <= t;
        ASSERT_EQ(open, IsOpen(window, t, zone)) << absl::FormatTime(t, zone) << "\n"
                                                 << window.ShortDebugString();
      }
    }
  }
}

// Whatever the clocks do: slots are in order, never overlap, touch within an
// opening, and are found again from any of their minutes.
TEST(WindowCalendarTest, SlotsNeverOverlapWhateverTheClocksDo) {
  std::mt19937 random(7);
  // Lord Howe shifts by half an hour, Samoa lost 30 December 2011.
  const std::pair<const char*, absl::CivilDay> cases[] = {
      {"Europe/Berlin", absl::CivilDay(2026, 3, 16)},
      {"Europe/Berlin", absl::CivilDay(2026, 10, 12)},
      {"Australia/Lord_Howe", absl::CivilDay(2026, 3, 25)},
      {"America/Sao_Paulo", absl::CivilDay(2018, 10, 25)},  // forward at midnight
      {"Pacific/Apia", absl::CivilDay(2011, 12, 20)}};
  for (const auto& [name, first] : cases) {
    const absl::TimeZone zone = Zone(name);
    const absl::Time from = absl::FromCivil(first, zone);
    for (int round = 0; round < 40; ++round) {
      const v1::Window window = RandomWindow(first, random);
      const WindowCalendar calendar(window, zone);
      const auto slots = calendar.SlotsOverlapping(from, from + absl::Hours(21 * 24));
      for (size_t i = 0; i < slots.size(); ++i) {
        ASSERT_LT(slots[i].start, slots[i].end);
        ASSERT_TRUE(i == 0 || slots[i - 1].end <= slots[i].start);
        for (const absl::Time t : {slots[i].start, slots[i].end - absl::Nanoseconds(1)}) {
          const auto opening = calendar.OpeningAt(t);
          ASSERT_NE(std::find(opening.begin(), opening.end(), slots[i]), opening.end())
              << name << " " << window.ShortDebugString();
        }
      }
    }
  }
}

}  // namespace
}  // namespace jinhuan::resource
