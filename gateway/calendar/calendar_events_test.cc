#include "gateway/calendar/calendar_events.h"

#include <gtest/gtest.h>

#include "google/protobuf/text_format.h"

namespace jinhuan::gateway {
namespace {

template <class Message>
Message Parse(const char* text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message));
  return message;
}

absl::TimeZone Shanghai() {
  absl::TimeZone zone;
  EXPECT_TRUE(absl::LoadTimeZone("Asia/Shanghai", &zone));
  return zone;
}

constexpr char kTerm[] = R"(
  name: "alliances/demo/chairTerms/2027-01-01" etag: "4" member_display_name: "春分软件有限公司"
  member: "alliances/demo/members/m1"
  start_time { seconds: 1798732800 } end_time { seconds: 1814371200 }
  reason: "积分最低" update_time { seconds: 1790000000 } )";

std::vector<CalendarEvent> EventsOf(const std::string& more, const std::string& unit,
                                    CalendarLanguage language = CalendarLanguage::kChinese) {
  return EventsOf(Parse<alliance::v1::ChairTerm>((kTerm + more).c_str()), {unit}, Shanghai(),
                  language);
}

TEST(CalendarEventsTest, ATermKeepsItsIdentityAndCountsItsChanges) {
  const auto events = EventsOf("", "alliances/demo/members/m1");
  ASSERT_EQ(events.size(), 1U);
  const CalendarEvent& event = events[0];
  EXPECT_EQ(event.uid, "alliances/demo/chairTerms/2027-01-01@jinhuan");
  EXPECT_EQ(event.sequence, 3);
  EXPECT_TRUE(event.all_day);
  EXPECT_EQ(event.first_day, absl::CivilDay(2027, 1, 1));
  EXPECT_EQ(event.last_day, absl::CivilDay(2027, 6, 30));
  EXPECT_FALSE(event.busy);
  EXPECT_EQ(event.summary, "本单位轮值主席任期");
}

// RFC 5545, 3.8.7.2: when the information was created or last revised.
TEST(CalendarEventsTest, ATermIsStampedWithWhenItWasPublishedOrChanged) {
  EXPECT_EQ(absl::ToUnixSeconds(EventsOf("", "")[0].stamp), 1790000000);
  // A stand-in is no change of the chair, and yet a revision.
  EXPECT_EQ(absl::ToUnixSeconds(EventsOf("changes { time { seconds: 1780000000 } }", "")[0].stamp),
            1790000000);
}

TEST(CalendarEventsTest, AnotherUnitsTermNamesIt) {
  EXPECT_EQ(EventsOf("", "", CalendarLanguage::kEnglish)[0].summary, "Chair: 春分软件有限公司");
}

// A unit that stands in from the afternoon of 2027-02-03 and replaces the chair from
// 2027-03-01 on.
constexpr char kStandIns[] = R"(
  stand_ins { member: "alliances/demo/members/m2" member_display_name: "中环银行" reason: "退出"
              start_time { seconds: 1801638000 } end_time { seconds: 1803830400 } }
  stand_ins { member: "alliances/demo/members/m2" member_display_name: "中环银行"
              replacement: true
              start_time { seconds: 1803830400 } end_time { seconds: 1814371200 } }
  stand_ins { member: "alliances/demo/members/m3"
              start_time { seconds: 1814371200 } end_time { seconds: 1814371200 } })";

TEST(CalendarEventsTest, WhoStandsInSeesTheDaysItActs) {
  const auto events = EventsOf(kStandIns, "alliances/demo/members/m2");
  ASSERT_EQ(events.size(), 3U);
  EXPECT_EQ(events[0].summary, "轮值主席：春分软件有限公司");
  EXPECT_EQ(events[1].summary, "本单位代理轮值主席");
  EXPECT_EQ(events[1].description, "退出");
  EXPECT_EQ(events[1].first_day, absl::CivilDay(2027, 2, 3));
  EXPECT_EQ(events[1].last_day, absl::CivilDay(2027, 2, 28));
  EXPECT_EQ(events[1].sequence, 3);
  EXPECT_EQ(events[2].summary, "本单位接任轮值主席");
  EXPECT_EQ(events[2].first_day, absl::CivilDay(2027, 3, 1));
  EXPECT_EQ(events[2].last_day, absl::CivilDay(2027, 6, 30));
  EXPECT_NE(events[1].uid, events[2].uid);
  EXPECT_EQ(EventsOf(kStandIns, "alliances/demo/members/m1")[1].summary, "代理轮值主席：中环银行");
}

constexpr char kMeeting[] = R"(
  name: "alliances/demo/meetings/m1" title: "联席会议" location: "会议室"
  start_time { seconds: 1798732800 } end_time { seconds: 1798740000 }
  convene_time { seconds: 1790000000 }
  agenda_items { title: "停车" } agenda_items { title: "午餐" } own_invitation { })";

TEST(CalendarEventsTest, AMeetingIsTentativeUntilTheUnitAnswers) {
  auto meeting = Parse<meeting::v1::Meeting>(kMeeting);
  EXPECT_EQ(EventOf(meeting, CalendarLanguage::kChinese).status, CalendarEvent::Status::kTentative);
  EXPECT_EQ(EventOf(meeting, CalendarLanguage::kChinese).summary, "联席会议（待答复）");
  meeting.mutable_own_invitation()->set_answer(meeting::v1::ANSWER_ATTEND);
  const CalendarEvent event = EventOf(meeting, CalendarLanguage::kChinese);
  EXPECT_EQ(event.status, CalendarEvent::Status::kConfirmed);
  EXPECT_TRUE(event.busy);
  EXPECT_EQ(event.description, "1. 停车\n2. 午餐");
  EXPECT_EQ(absl::ToUnixSeconds(event.stamp), 1790000000);
  meeting.mutable_own_invitation()->mutable_answer_time()->set_seconds(1790000500);
  EXPECT_EQ(absl::ToUnixSeconds(EventOf(meeting, CalendarLanguage::kChinese).stamp), 1790000500);
  meeting.mutable_own_invitation()->set_answer(meeting::v1::ANSWER_LEAVE);
  EXPECT_FALSE(EventOf(meeting, CalendarLanguage::kEnglish).busy);
}

TEST(CalendarEventsTest, ACouncilMeetsWithoutTheOthers) {
  auto meeting = Parse<meeting::v1::Meeting>(kMeeting);
  meeting.set_body(meeting::v1::MEETING_BODY_COUNCIL);
  EXPECT_TRUE(Concerns(meeting));  // it is invited
  meeting.clear_own_invitation();
  EXPECT_FALSE(Concerns(meeting));
  meeting.set_body(meeting::v1::MEETING_BODY_PLENARY);
  EXPECT_TRUE(Concerns(meeting));
}

TEST(CalendarEventsTest, ABookingSaysWhereAndForWhichPlate) {
  const auto booking = Parse<resource::v1::Booking>(R"(
      name: "alliances/demo/bookings/b1" facility_display_name: "谷仓停车场" plate: "沪AJ0001"
      start_time { seconds: 1798732800 } end_time { seconds: 1798740000 }
      create_time { seconds: 1790000001 })");
  const CalendarEvent event = EventOf(booking, CalendarLanguage::kChinese);
  EXPECT_EQ(event.summary, "预约：谷仓停车场 沪AJ0001");
  EXPECT_EQ(event.sequence, 0);
  EXPECT_FALSE(event.all_day);
}

}  // namespace
}  // namespace jinhuan::gateway
