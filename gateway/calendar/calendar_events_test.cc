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

constexpr char kTerm[] = R"(
  name: "alliances/demo/chairTerms/2027-01-01" etag: "4" member_display_name: "春分软件有限公司"
  start_time { seconds: 1798732800 } end_time { seconds: 1814371200 }
  reason: "积分最低" changes { time { seconds: 1790000000 } })";

TEST(CalendarEventsTest, ATermKeepsItsIdentityAndCountsItsChanges) {
  const auto event =
      EventOf(Parse<alliance::v1::ChairTerm>(kTerm), true, CalendarLanguage::kChinese);
  EXPECT_EQ(event.uid, "alliances/demo/chairTerms/2027-01-01@jinhuan");
  EXPECT_EQ(event.sequence, 3);
  EXPECT_EQ(absl::ToUnixSeconds(event.stamp), 1790000000);
  EXPECT_TRUE(event.all_day);
  EXPECT_FALSE(event.busy);
  EXPECT_EQ(event.summary, "本单位轮值主席任期");
}

TEST(CalendarEventsTest, AnotherUnitsTermNamesIt) {
  const auto event =
      EventOf(Parse<alliance::v1::ChairTerm>(kTerm), false, CalendarLanguage::kEnglish);
  EXPECT_EQ(event.summary, "Chair: 春分软件有限公司");
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
  meeting.mutable_own_invitation()->set_answer(meeting::v1::ANSWER_LEAVE);
  EXPECT_FALSE(EventOf(meeting, CalendarLanguage::kEnglish).busy);
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
