// What the clock does by itself about projects: reminders, supervision notices, milestones.
#include <atomic>

#include "meeting-svc/rpc/project_fixture.h"

namespace jinhuan::meeting {
namespace {

using ::testing::SizeIs;

class ProjectClockTest : public ProjectTest {
 protected:
  // How many milestones are late of the one project that has such; nothing of more.
  int LateMilestones(const std::string& lead_unit = "") {
    v1::ListProjectsRequest list = Under{kAlliance};
    list.set_overdue_milestones(true);
    if (!lead_unit.empty()) list.set_lead_member(Unit(lead_unit));
    const auto found = Do(&Projects::ListProjects, kChair, list);
    return found.projects_size() == 1 ? found.projects(0).overdue_milestone_count() : 0;
  }
};

TEST_F(ProjectClockTest, RemindsThreeWorkingDaysBeforeAndSupervisesWhatIsLateOnce) {
  const std::string name = Create(6).name();  // Friday
  EXPECT_EQ(StepsOn(2), 0);
  clock_.Advance(absl::Hours(24));  // Tuesday, three working days before
  std::atomic<int> steps = 0;
  OnThreads(4, [&](int) { steps += Steps(); });
  EXPECT_EQ(steps, 1);
  EXPECT_TRUE(Get(name).has_remind_time());
  EXPECT_THAT(NoticesOf(false), SizeIs(0));

  EXPECT_EQ(StepsOn(7), 1);  // Saturday: the due date is over
  EXPECT_TRUE(Get(name).overdue());
  EXPECT_EQ(Steps(), 0);
  ASSERT_THAT(NoticesOf(true), SizeIs(1));
  const v1::SupervisionNotice notice = NoticesOf(true)[0];
  EXPECT_TRUE(notice.automatic());
  EXPECT_EQ(notice.answer_due_date().day(), 13);  // five working days after Saturday the 7th
  v1::ListProjectsRequest overdue = Under{kAlliance};
  overdue.set_overdue(true);
  EXPECT_THAT(Do(&Projects::ListProjects, kChair, overdue).projects(), SizeIs(1));

  v1::AnswerSupervisionNoticeRequest answer = Named{notice.name()};
  answer.set_answer("下周办结");
  EXPECT_EQ(Refusal(&Projects::AnswerSupervisionNotice, kProposer, answer), "RESOURCE_NOT_FOUND");
  SetTime(absl::CivilHour(2026, 11, 14, 9));
  EXPECT_TRUE(Do(&Projects::AnswerSupervisionNotice, kLead, answer).late());
  EXPECT_THAT(NoticesOf(true), SizeIs(0));
}

// Neither a notice that somebody issues early nor one of an earlier date stands for those.
TEST_F(ProjectClockTest, EachDueDateHasItsReminderAndItsAutomaticNotice) {
  const std::string name = Create(6).name();
  v1::IssueSupervisionNoticeRequest issue = Named{name};
  issue.set_demand("请说明进度");
  ASSERT_EQ(Refusal(&Projects::IssueSupervisionNotice, Street(), issue), "");
  EXPECT_EQ(StepsOn(3), 1);
  EXPECT_TRUE(Get(name).has_remind_time());
  EXPECT_EQ(StepsOn(7), 1);
  EXPECT_THAT(NoticesOf(false), SizeIs(2));
  v1::UpdateProjectRequest extend;
  extend.mutable_project()->set_name(name);
  *extend.mutable_project()->mutable_due_date() = November(20);
  extend.mutable_update_mask()->add_paths("due_date");
  ASSERT_EQ(Refusal(&Projects::UpdateProject, Street(), extend), "");
  EXPECT_FALSE(Get(name).has_remind_time());
  EXPECT_EQ(StepsOn(16), 0);
  EXPECT_EQ(StepsOn(17), 1);
  EXPECT_TRUE(Get(name).has_remind_time());
  EXPECT_EQ(StepsOn(20), 0);
  EXPECT_EQ(StepsOn(21), 1);
  EXPECT_EQ(StepsOn(22), 0);
  EXPECT_THAT(NoticesOf(false), SizeIs(3));
}

TEST_F(ProjectClockTest, WhatIsLateAlreadyIsSupervisedAndNotRemindedOf) {
  const std::string name = Create(1).name();  // it is the 2nd
  EXPECT_EQ(Steps(), 1);
  EXPECT_FALSE(Get(name).has_remind_time());
  EXPECT_TRUE(Get(name).has_supervise_time());
  ASSERT_THAT(NoticesOf(false), SizeIs(1));
  EXPECT_EQ(NoticesOf(false)[0].lead_member(), Unit("m1"));
  EXPECT_EQ(Steps(), 0);
}

TEST_F(ProjectClockTest, EachMilestoneIsRemindedOfAndToldOnceAndANewDateStartsAnew) {
  v1::CreateProjectRequest create = ProjectDue(30);
  for (const int day : {6, 25}) {
    v1::Milestone& one = *create.mutable_project()->add_milestones();
    one.set_title("节点");
    *one.mutable_due_date() = November(day);
  }
  const std::string name = Create(create).name();
  v1::CreateProjectRequest undated = ProjectDue(30);  // of which there is nothing to tell
  undated.mutable_project()->add_milestones()->set_title("节点");
  Create(undated);
  EXPECT_EQ(StepsOn(2), 0);
  EXPECT_EQ(StepsOn(3), 1);
  EXPECT_TRUE(Get(name).milestones(0).has_remind_time());
  EXPECT_EQ(StepsOn(6), 0);
  EXPECT_EQ(LateMilestones(), 0);
  EXPECT_EQ(StepsOn(7), 1);
  EXPECT_EQ(StepsOn(8), 0);
  const v1::Project project = Get(name);
  EXPECT_TRUE(project.milestones(0).overdue());
  EXPECT_TRUE(project.milestones(0).has_overdue_time());
  EXPECT_FALSE(project.overdue());
  EXPECT_EQ(LateMilestones(), 1);
  EXPECT_EQ(LateMilestones("m1"), 1);
  EXPECT_EQ(LateMilestones("m2"), 0);

  v1::UpdateProjectRequest update;
  *update.mutable_project() = project;
  *update.mutable_project()->mutable_milestones(0)->mutable_due_date() = November(13);
  update.mutable_update_mask()->add_paths("milestones");
  ASSERT_EQ(Refusal(&Projects::UpdateProject, kLead, update), "");
  EXPECT_EQ(LateMilestones(), 0);
  EXPECT_EQ(StepsOn(10), 1);
  EXPECT_TRUE(Get(name).milestones(0).has_remind_time());
  v1::CompleteMilestoneRequest complete = Named{name};
  complete.set_milestone("m1");
  EXPECT_EQ(Refusal(&Projects::CompleteMilestone, kLead, complete), "");
  EXPECT_EQ(StepsOn(14), 0);
  EXPECT_EQ(StepsOn(20), 1);  // the second one, three working days before
}

// A process of before leaves the clock of milestones unset; and what can't be kept is put off.
TEST_F(ProjectClockTest, AClockThatIsNotWorkedOutIsAndABadRowHoldsUpNothing) {
  v1::CreateProjectRequest create = ProjectDue(30);
  create.mutable_project()->add_milestones()->set_title("节点");
  const std::string name = Create(create).name();
  const std::string next = Create(6).name();
  Change("UPDATE project SET milestone_step = DEFAULT, milestone_day = NULL WHERE id = '" +
         api::LastId(name) + "'");
  // More than are looked at together, none of which can be read.
  Change(
      "INSERT INTO project (alliance_id, id, version, state, lead_id, due_day, next_step, body) "
      "SELECT 'a', CONCAT('bad', seq), 1, 1, 'm1', 1, '2001-01-01', '\xff' FROM seq_1_to_60");
  EXPECT_EQ(StepsOn(3), 1);  // Tuesday, three working days before
  EXPECT_TRUE(Get(next).has_remind_time());
  EXPECT_FALSE(Get(name).has_remind_time());
  EXPECT_EQ(Steps(), 0);
}

}  // namespace
}  // namespace jinhuan::meeting
