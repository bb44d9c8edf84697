#include "meeting-svc/domain/minutes_rules.h"

#include <gmock/gmock.h>

#include "meeting-svc/domain/meeting_rules.h"
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

TEST(MinutesRulesTest, ADraftNamesTheBodyAndQuotesTheQuorum) {
  MeetingRecord record;
  record.alliance = "金环联盟";
  record.meeting.set_title("三季度会议");
  EXPECT_THAT(DraftOf(record, absl::UnixEpoch()).opening(), HasSubstr("本次会议为联席会议，"));
  EXPECT_EQ(DraftOf(record, absl::UnixEpoch()).masthead(), "金环联盟会议纪要");
  record.meeting.set_body(v1::MEETING_BODY_STANDING);
  v1::Quorum& open = *record.meeting.mutable_open_quorum();
  open.set_entitled_count(9);
  open.set_present_count(6);
  open.set_proxy_count(1);
  open.set_leave_count(2);
  open.set_observer_count(3);
  open.mutable_rule()->set_numerator(1);
  open.mutable_rule()->set_denominator(2);
  open.set_needed_count(5);
  open.set_met(true);
  open.set_charter_version(4);
  v1::Quorum& close = *record.meeting.mutable_close_quorum();
  close.set_entitled_count(9);
  close.set_present_count(4);
  const v1::Minutes minutes = DraftOf(record, absl::UnixEpoch());
  EXPECT_EQ(minutes.masthead(), "金环联盟常务理事会会议纪要");
  EXPECT_THAT(minutes.opening(), HasSubstr("本次会议为常务理事会，"));
  EXPECT_THAT(
      minutes.opening(),
      HasSubstr("会议开始时，应到有表决权单位9家，实到6家（其中委托1家），请假2家，列席3家；"
                "按章程第4版，法定人数为应到的1/2，即5家，达到法定人数。"
                "会议结束时，应到9家，实到4家，未达到法定人数。"));
}

TEST(MinutesRulesTest, ADraftSaysWhatWasDoneAndNoMore) {
  MeetingRecord record;
  for (const auto& [id, kind] : {std::pair{"heard", alliance::v1::ITEM_KIND_REPORT},
                                 std::pair{"discussed", alliance::v1::ITEM_KIND_MAJOR},
                                 std::pair{"skipped", alliance::v1::ITEM_KIND_MAJOR},
                                 std::pair{"cancelled", alliance::v1::ITEM_KIND_PERSONNEL}}) {
    v1::AgendaItem& item = *record.meeting.add_agenda_items();
    item.set_id(id);
    item.set_title(id);
    item.set_kind(kind);
  }
  v1::Ballot& ballot = record.ballots.emplace_back();
  ballot.set_agenda_item("cancelled");
  ballot.set_question("人选");
  ballot.set_state(v1::Ballot::STATE_CANCELLED);
  const auto bodies = [&] {
    std::vector<std::string> found;
    const v1::Minutes minutes = DraftOf(record, absl::UnixEpoch());
    for (const v1::MinutesSection& section : minutes.sections()) found.push_back(section.body());
    return found;
  };
  EXPECT_THAT(bodies(),
              ElementsAre("会议听取了“heard”。", "会议研究了“discussed”，未作表决。",
                          "会议研究了“skipped”，未作表决。", "对“人选”的表决已取消，未计票。"));
  for (const char* taken : {"heard", "discussed", "heard"}) TakeItem(taken, record.meeting);
  EXPECT_EQ(record.meeting.taken_items_size(), 2);
  EXPECT_EQ(bodies()[2], "“skipped”一项未进行。");
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
