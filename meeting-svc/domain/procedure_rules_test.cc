#include "meeting-svc/domain/procedure_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "meeting-svc/domain/procedure_templates.h"
#include "platform/api/time.h"

namespace jinhuan::meeting {
namespace {

using v1::Procedure;
using v1::Step;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

class ProcedureRulesTest : public ::testing::Test {
 protected:
  Procedure Start(int which) {
    Procedure sent;
    sent.set_title("共享停车");
    sent.set_topic("alliances/a/topics/t");
    return Begun(sent, BuiltInTemplates("alliances/a")[which], kNow);
  }
  std::string Move(Procedure& procedure, StageResult result, absl::CivilDay today) {
    return ReasonOf(Advance(result, {.now = kNow, .today = today, .days = days_}, procedure));
  }
  static StageResult Carried(int step, alliance::v1::ItemKind kind) {
    StageResult result{.step = step, .record = "通过"};
    result.ballot.emplace().set_kind(kind);
    result.ballot->set_name("alliances/a/meetings/m/ballots/b");
    result.ballot->set_outcome(v1::Ballot::OUTCOME_CARRIED);
    result.ballot->set_topic("alliances/a/topics/t");
    *result.ballot->mutable_open_time() = api::ToProto(kNow);
    result.meeting.emplace().set_name("alliances/a/meetings/m");
    result.meeting->set_state(v1::Meeting::STATE_OPEN);
    return result;
  }

  const alliance::WorkingCalendar days_;
  const absl::CivilDay friday_{2026, 3, 6};
};

TEST_F(ProcedureRulesTest, FourDiscussionsAndTwoPublications) {
  Procedure procedure = Start(1);
  ASSERT_EQ(procedure.steps_size(), 6);
  EXPECT_EQ(Move(procedure, {.step = 0}, friday_), "FIELD_REQUIRED");
  EXPECT_EQ(Move(procedure, {.step = 0, .record = "提议"}, friday_), "");
  EXPECT_EQ(Move(procedure, {.step = 0, .record = "提议"}, friday_), "STATE_WRONG");
  EXPECT_EQ(Move(procedure, {.step = 1, .record = "商议"}, friday_), "STAGE_UNMET");
  StageResult held{.step = 1, .record = "商议"};
  held.meeting.emplace().set_state(v1::Meeting::STATE_CONVENED);
  held.meeting->set_body(v1::MEETING_BODY_STANDING);
  EXPECT_EQ(Move(procedure, held, friday_), "STAGE_UNMET");
  held.meeting->set_state(v1::Meeting::STATE_CLOSED);
  *held.meeting->mutable_close_time() = api::ToProto(kNow);
  held.meeting->set_body(v1::MEETING_BODY_UNSPECIFIED);  // all units are not the standing council
  EXPECT_EQ(Move(procedure, held, friday_), "STAGE_UNMET");
  held.meeting->set_body(v1::MEETING_BODY_STANDING);
  EXPECT_EQ(Move(procedure, held, friday_), "");
  StageResult council = Carried(2, alliance::v1::ITEM_KIND_ORDINARY);
  EXPECT_EQ(Move(procedure, council, friday_), "STAGE_UNMET");
  council.meeting->set_body(v1::MEETING_BODY_COUNCIL);
  council.ballot->set_name("alliances/a/meetings/m2/ballots/b");  // of another meeting
  EXPECT_EQ(Move(procedure, council, friday_), "STAGE_UNMET");
  council.ballot->set_name("alliances/a/meetings/m/ballots/b");
  EXPECT_EQ(Move(procedure, council, friday_), "");
  EXPECT_EQ(Move(procedure, Carried(3, alliance::v1::ITEM_KIND_ORDINARY), friday_), "STAGE_UNMET");
  StageResult lost = Carried(3, alliance::v1::ITEM_KIND_MAJOR);
  lost.ballot->set_outcome(v1::Ballot::OUTCOME_REJECTED);
  EXPECT_EQ(Move(procedure, lost, friday_), "STAGE_UNMET");
  StageResult other = Carried(3, alliance::v1::ITEM_KIND_MAJOR);
  for (const char* topic : {"alliances/a/topics/another", ""}) {
    other.ballot->set_topic(topic);
    EXPECT_EQ(Move(procedure, other, friday_), "STAGE_UNMET") << topic;
  }
  EXPECT_EQ(Move(procedure, Carried(3, alliance::v1::ITEM_KIND_MAJOR), friday_), "");
  // Seven working days from a Friday end on the Tuesday of the week after next.
  EXPECT_EQ(Move(procedure, {.step = 4, .record = "公开"}, friday_), "");
  EXPECT_EQ(procedure.steps(4).state(), Step::STATE_PUBLISHED);
  EXPECT_EQ(procedure.steps(4).publication_end_date().day(), 17);
  EXPECT_EQ(Move(procedure, {.step = 4}, absl::CivilDay(2026, 3, 17)), "PUBLICATION_RUNNING");
  EXPECT_EQ(Move(procedure, {.step = 4}, absl::CivilDay(2026, 3, 18)), "");
  EXPECT_EQ(Move(procedure, {.step = 5, .record = "结果"}, friday_), "");
  EXPECT_EQ(procedure.state(), Procedure::STATE_RUNNING);
  EXPECT_EQ(Move(procedure, {.step = 5}, absl::CivilDay(2026, 4, 1)), "");
  EXPECT_EQ(procedure.state(), Procedure::STATE_COMPLETED);
  EXPECT_EQ(procedure.current_step(), 6);
}

// Else what a meeting of last year decided would end it.
TEST_F(ProcedureRulesTest, WhatWasOverBeforeAStageBeganDoesNotEndIt) {
  const absl::Time before = kNow - absl::Seconds(1);
  Procedure procedure = Start(2);
  StageResult old = Carried(0, alliance::v1::ITEM_KIND_ORDINARY);
  *old.ballot->mutable_open_time() = api::ToProto(before);
  EXPECT_EQ(Move(procedure, old, friday_), "STAGE_UNMET");
  procedure = Start(1);
  ASSERT_EQ(Move(procedure, {.step = 0, .record = "提议"}, friday_), "");
  StageResult held{.step = 1, .record = "商议"};
  held.meeting.emplace().set_state(v1::Meeting::STATE_CLOSED);
  held.meeting->set_body(v1::MEETING_BODY_STANDING);
  *held.meeting->mutable_close_time() = api::ToProto(before);
  EXPECT_EQ(Move(procedure, held, friday_), "STAGE_UNMET");
  *held.meeting->mutable_close_time() = api::ToProto(kNow);
  EXPECT_EQ(Move(procedure, held, friday_), "");
}

TEST_F(ProcedureRulesTest, APlainMeetingIsOneStage) {
  Procedure procedure = Start(2);
  EXPECT_EQ(Move(procedure, Carried(0, alliance::v1::ITEM_KIND_ORDINARY), friday_), "");
  EXPECT_EQ(procedure.state(), Procedure::STATE_COMPLETED);
}

TEST(ProcedureTemplatesTest, TheBuiltInOnesKeepTheBoundsAndTheOrder) {
  std::string last;
  for (const v1::ProcedureTemplate& built_in : BuiltInTemplates("alliances/a")) {
    Violations violations;
    CheckTemplate(built_in, violations);
    EXPECT_TRUE(violations.empty()) << violations.ToStatus();
    EXPECT_LT(last, built_in.name());
    last = built_in.name();
  }
}

TEST(ProcedureTemplatesTest, WhatIsOutOfBoundsIsSaid) {
  v1::ProcedureTemplate bad;
  bad.set_display_name("空");
  Violations none;
  CheckTemplate(bad, none);
  EXPECT_FALSE(none.empty());
  v1::Stage& stage = *bad.add_stages();
  stage.set_kind(v1::Stage::KIND_RESOLVE);
  stage.set_display_name("决议");
  Violations fine;
  CheckTemplate(bad, fine);
  EXPECT_TRUE(fine.empty());
  stage.set_body(v1::MEETING_BODY_COUNCIL);
  Violations nothing_decided;
  CheckTemplate(bad, nothing_decided);
  EXPECT_FALSE(nothing_decided.empty());
  stage.set_needs_meeting(true);
  Violations of_council;
  CheckTemplate(bad, of_council);
  EXPECT_TRUE(of_council.empty());
  stage.set_publication_days(61);
  Violations long_one;
  CheckTemplate(bad, long_one);
  EXPECT_FALSE(long_one.empty());
}

}  // namespace
}  // namespace jinhuan::meeting
