#include "gateway/calendar/icalendar.h"

#include <libical/ical.h>

#include <gtest/gtest.h>

#include <memory>

namespace jinhuan::gateway {
namespace {

absl::TimeZone Zone(const char* name) {
  absl::TimeZone zone;
  EXPECT_TRUE(absl::LoadTimeZone(name, &zone));
  return zone;
}

CalendarEvent Event() {
  CalendarEvent event;
  event.uid = "alliances/demo/meetings/m1@jinhuan";
  event.sequence = 3;
  event.stamp = absl::FromUnixSeconds(1'790'000'000);
  event.start = absl::FromCivil(absl::CivilSecond(2026, 12, 1, 9, 30, 0), Zone("Asia/Shanghai"));
  event.end = event.start + absl::Hours(2);
  event.summary = "联席会议; 第四季度, 第二次\\终";
  event.location = "街道会议室";
  event.description = "议程：\n一、停车共享\n二、员工午餐";
  return event;
}

// What another program reads from the text.
struct Read {
  explicit Read(const std::string& text)
      : calendar(icalparser_parse_string(text.c_str()), icalcomponent_free) {
    EXPECT_NE(calendar, nullptr);
    EXPECT_EQ(icalcomponent_count_errors(calendar.get()), 0) << text;
    event = icalcomponent_get_first_component(calendar.get(), ICAL_VEVENT_COMPONENT);
  }
  std::unique_ptr<icalcomponent, void (*)(icalcomponent*)> calendar;
  icalcomponent* event = nullptr;
};

TEST(ICalendarTest, AnotherProgramReadsWhatWasMeant) {
  const Read read(ICalendar("金环", Zone("Asia/Shanghai"), {Event()}));
  ASSERT_NE(read.event, nullptr);
  EXPECT_EQ(std::string(icalcomponent_get_uid(read.event)), Event().uid);
  EXPECT_EQ(std::string(icalcomponent_get_summary(read.event)), Event().summary);
  EXPECT_EQ(std::string(icalcomponent_get_location(read.event)), Event().location);
  EXPECT_EQ(std::string(icalcomponent_get_description(read.event)), Event().description);
  EXPECT_EQ(icalcomponent_get_sequence(read.event), 3);
  EXPECT_EQ(icalcomponent_get_status(read.event), ICAL_STATUS_CONFIRMED);
  EXPECT_TRUE(icalrestriction_check(read.calendar.get()))
      << icalcomponent_as_ical_string(read.calendar.get());
}

TEST(ICalendarTest, TimesAreLocalWhereTheZoneKeepsItsOffset) {
  const std::string text = ICalendar("金环", Zone("Asia/Shanghai"), {Event()});
  EXPECT_NE(text.find("DTSTART;TZID=Asia/Shanghai:20261201T093000\r\n"), std::string::npos) << text;
  const Read read(text);
  const icaltimetype start = icalcomponent_get_dtstart(read.event);
  EXPECT_EQ(start.hour, 9);
  icaltimezone* zone = icalcomponent_get_timezone(read.calendar.get(), "Asia/Shanghai");
  ASSERT_NE(zone, nullptr);
  EXPECT_EQ(icaltime_as_timet_with_zone(start, zone), absl::ToTimeT(Event().start));
}

TEST(ICalendarTest, TimesAreUtcWhereTheZoneChangesItsOffset) {
  CalendarEvent event = Event();
  event.end = event.start + absl::Hours(24 * 365);
  const std::string text = ICalendar("Ring", Zone("Europe/Berlin"), {event});
  EXPECT_EQ(text.find("VTIMEZONE"), std::string::npos);
  const Read read(text);
  EXPECT_EQ(icaltime_as_timet_with_zone(icalcomponent_get_dtstart(read.event),
                                        icaltimezone_get_utc_timezone()),
            absl::ToTimeT(event.start));
}

TEST(ICalendarTest, DaysHaveNoTime) {
  CalendarEvent event = Event();
  const absl::TimeZone zone = Zone("Asia/Shanghai");
  event.all_day = true;
  event.first_day = absl::CivilDay(2027, 1, 1);
  event.last_day = absl::CivilDay(2027, 6, 30);
  const std::string text = ICalendar("金环", zone, {event});
  EXPECT_NE(text.find("DTSTART;VALUE=DATE:20270101\r\nDTEND;VALUE=DATE:20270701\r\n"),
            std::string::npos);
  const Read read(text);
  EXPECT_TRUE(icalcomponent_get_dtstart(read.event).is_date);
}

TEST(ICalendarTest, LinesAreFoldedBetweenCharacters) {
  CalendarEvent event = Event();
  event.summary.clear();
  for (int i = 0; i < 100; ++i) event.summary += i % 7 == 0 ? "a" : "联";
  const std::string text = ICalendar("金环", Zone("Asia/Shanghai"), {event});
  size_t begin = 0;
  while (begin < text.size()) {
    const size_t end = text.find("\r\n", begin);
    ASSERT_NE(end, std::string::npos);
    EXPECT_LE(end - begin, 75U);
    const size_t first = begin + (text[begin] == ' ' ? 1 : 0);
    EXPECT_NE(static_cast<unsigned char>(text[first]) & 0xC0, 0x80) << text.substr(begin, 20);
    begin = end + 2;
  }
  EXPECT_EQ(std::string(icalcomponent_get_summary(Read(text).event)), event.summary);
}

TEST(ICalendarTest, ATextCannotAddLines) {
  CalendarEvent event = Event();
  event.summary = "a\r\nEND:VEVENT\nBEGIN:VEVENT";
  const Read read(ICalendar("金环\r\nX:1", Zone("Asia/Shanghai"), {event}));
  EXPECT_EQ(icalcomponent_count_components(read.calendar.get(), ICAL_VEVENT_COMPONENT), 1);
}

TEST(ICalendarTest, AnEmptyCalendarIsOne) {
  const Read read(ICalendar("金环", Zone("Asia/Shanghai"), {}));
  EXPECT_EQ(read.event, nullptr);
}

}  // namespace
}  // namespace jinhuan::gateway
