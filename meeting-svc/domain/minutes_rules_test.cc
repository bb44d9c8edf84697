#include "meeting-svc/domain/minutes_rules.h"

#include <gmock/gmock.h>

#include "meeting-svc/domain/minutes_draft.h"
#include "meeting-svc/domain/minutes_paper.h"

namespace jinhuan::meeting {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

v1::Minutes Example() {
  v1::Minutes minutes;
  minutes.set_masthead("某某街道区域化党建联盟联席会议纪要");
  minutes.set_title("2026年第三次联席会议纪要");
  v1::MinutesSection& section = *minutes.add_sections();
  section.set_heading("关于夜间共享停车");
  section.set_body("经表决通过。");
  v1::MinutesTask& task = *minutes.add_tasks();
  task.set_title("开放夜间车位");
  task.set_responsible_unit("云杉银行");
  task.mutable_due_date()->set_year(2026);
  task.mutable_due_date()->set_month(10);
  task.mutable_due_date()->set_day(31);
  v1::MinutesAttendee& attendee = *minutes.add_present();
  attendee.set_display_name("云杉银行");
  attendee.set_note("副总经理");
  return minutes;
}

TEST(MinutesRulesTest, WhatIsWrittenKeepsItsBounds) {
  Violations fine;
  CheckMinutes(Example(), fine);
  EXPECT_TRUE(fine.empty()) << fine.ToStatus();

  v1::Minutes wrong = Example();
  wrong.clear_title();
  wrong.mutable_sections(0)->clear_heading();
  wrong.mutable_tasks(0)->mutable_due_date()->set_day(32);
  wrong.mutable_present(0)->clear_display_name();
  Violations violations;
  CheckMinutes(wrong, violations);
  google::rpc::BadRequest bad;
  const absl::Status status = violations.ToStatus();
  ASSERT_TRUE(bad.ParseFromString(
      std::string(*status.GetPayload("type.googleapis.com/google.rpc.BadRequest"))));
  std::vector<std::string> fields;
  for (const auto& one : bad.field_violations()) fields.push_back(one.field());
  EXPECT_THAT(fields, ElementsAre("minutes.title", "minutes.sections[0].heading",
                                  "minutes.tasks[0].due_date", "minutes.present[0].display_name"));
}

// A task without a date is what minutes must never have.
TEST(MinutesRulesTest, ATaskHasAUnitAndADate) {
  v1::Minutes minutes = Example();
  minutes.mutable_tasks(0)->clear_due_date();
  minutes.mutable_tasks(0)->clear_responsible_unit();
  Violations violations;
  CheckMinutes(minutes, violations);
  EXPECT_FALSE(violations.empty());
}

TEST(MinutesRulesTest, APaperNumbersItsSections) {
  std::vector<std::string> numbers;
  for (const int number : {1, 9, 10, 11, 20, 21, 90, 99}) numbers.push_back(ChineseNumber(number));
  EXPECT_THAT(numbers, ElementsAre("一", "九", "十", "十一", "二十", "二十一", "九十", "九十九"));
  const paper::Paper paper = PaperOf(Example(), absl::UnixEpoch());
  EXPECT_EQ(std::get<paper::Passage>(paper.blocks[0]).text, "一、关于夜间共享停车");
  EXPECT_EQ(std::get<paper::Passage>(paper.blocks[2]).text, "二、任务分工");
  EXPECT_THAT(std::get<paper::Grid>(paper.blocks[3]).rows,
              ElementsAre(ElementsAre("1", "开放夜间车位", "云杉银行", "", "2026-10-31")));
  EXPECT_EQ(std::get<paper::Roll>(paper.blocks[4]).names, "云杉银行（副总经理）");
}

// A unit that left before the end did come, and an observer does not count.
TEST(MinutesRulesTest, ADraftCountsWhoCame) {
  MeetingRecord record;
  record.meeting.set_title("联席会议");
  record.meeting.set_invited_count(3);
  record.meeting.set_present_count(1);  // at the close
  for (const char* unit : {"m1", "m2", "guest"}) {
    v1::Attendance& one = record.attendances.emplace_back();
    one.set_member(unit);
    one.set_display_name(unit);
    one.set_observer(one.member() == "guest");
  }
  const v1::Minutes minutes = DraftOf(record, absl::UnixEpoch());
  EXPECT_THAT(minutes.opening(), HasSubstr("应到成员单位3家，实到2家"));
  EXPECT_EQ(minutes.present_size(), 2);
  EXPECT_EQ(minutes.in_attendance_size(), 1);
}

TEST(MinutesRulesTest, ADraftLeavesNothingDecidedOut) {
  MeetingRecord record;
  v1::AgendaItem& item = *record.meeting.add_agenda_items();
  item.set_id("i1");
  item.set_title("停车");
  for (const char* about : {"i1", "", "gone"}) {
    v1::Resolution& resolution = record.resolutions.emplace_back();
    resolution.set_agenda_item(about);
    resolution.set_title(std::string("关于") + (*about == 0 ? "其他" : about));
  }
  const v1::Minutes minutes = DraftOf(record, absl::UnixEpoch());
  ASSERT_EQ(minutes.sections_size(), 2);
  EXPECT_EQ(minutes.sections(0).body(), "会议决定：关于i1。");
  EXPECT_EQ(minutes.sections(1).heading(), "其他事项");
  EXPECT_EQ(minutes.sections(1).body(), "会议决定：关于其他。\n会议决定：关于gone。");
}

}  // namespace
}  // namespace jinhuan::meeting
