#include "meeting-svc/domain/project_rules.h"

#include <gmock/gmock.h>

#include "alliance-svc/facts/date.h"

namespace jinhuan::meeting {
namespace {

using absl::CivilDay;

v1::Project Example() {
  v1::Project project;
  project.set_title("夜间共享停车");
  project.set_lead_member("alliances/a/members/m1");
  project.set_state(v1::Project::STATE_RUNNING);
  *project.mutable_due_date() = alliance::ToDate(CivilDay(2026, 10, 12));
  return project;
}

bool IsFine(const v1::Project& project) {
  Violations violations;
  CheckProject(project, "alliances/a", violations);
  return violations.empty();
}

TEST(ProjectRulesTest, NothingIsOwnerlessOrUndated) {
  EXPECT_TRUE(IsFine(Example()));
  v1::Project project = Example();
  project.clear_lead_member();
  EXPECT_FALSE(IsFine(project));
  project = Example();
  project.clear_due_date();
  EXPECT_FALSE(IsFine(project));
  *project.mutable_due_date() = alliance::ToDate(CivilDay(2026, 10, 12));
  project.mutable_due_date()->set_day(32);
  EXPECT_FALSE(IsFine(project));

  for (const char* foreign : {"alliances/b/members/m1", "alliances/a/x/m1", "m1"}) {
    project = Example();
    project.set_lead_member(foreign);
    EXPECT_FALSE(IsFine(project)) << foreign;
    project = Example();
    project.set_proposer_member(foreign);
    EXPECT_FALSE(IsFine(project)) << foreign;
    project = Example();
    project.add_supporting_members(foreign);
    EXPECT_FALSE(IsFine(project)) << foreign;
  }

  v1::Resolution resolution;
  EXPECT_TRUE(IsComplete(resolution));  // nothing to carry out
  resolution.set_to_carry_out(true);
  EXPECT_FALSE(IsComplete(resolution));
  resolution.set_lead_member("alliances/a/members/m1");
  EXPECT_FALSE(IsComplete(resolution));
  *resolution.mutable_due_date() = alliance::ToDate(CivilDay(2026, 10, 12));
  EXPECT_TRUE(IsComplete(resolution));
}

// Nothing where nobody knows.
std::optional<int> Progress(v1::Project project) {
  SetProgress(project);
  if (!project.has_progress_percent()) return std::nullopt;
  return project.progress_percent();
}

TEST(ProjectRulesTest, WithoutMilestonesNoProgressIsInventedBeforeItIsAccepted) {
  v1::Project project = Example();
  project.set_progress_percent(0);  // as it was once kept
  EXPECT_EQ(Progress(project), std::nullopt);
  project.set_state(v1::Project::STATE_SUBMITTED);
  EXPECT_EQ(Progress(project), std::nullopt);
  project.set_state(v1::Project::STATE_ACCEPTED);
  EXPECT_EQ(Progress(project), 100);
}

TEST(ProjectRulesTest, ProgressIsWhatIsReachedByWeightRoundedDown) {
  v1::Project project = Example();
  for (const int weight : {1, 1, 1}) {
    v1::Milestone& one = *project.add_milestones();
    one.set_title("节点");
    one.set_weight(weight);
  }
  SettleMilestones({}, project);
  EXPECT_EQ(project.milestones(2).id(), "m3");
  EXPECT_EQ(Progress(project), 0);
  project.mutable_milestones(0)->mutable_complete_time()->set_seconds(1);
  project.mutable_milestones(1)->mutable_complete_time()->set_seconds(1);
  EXPECT_EQ(Progress(project), 66);

  // What is reached can be neither changed nor taken out.
  v1::Project edited = project;
  edited.clear_milestones();
  edited.add_milestones()->set_title("新节点");
  SettleMilestones(project, edited);
  EXPECT_EQ(edited.milestones_size(), 3);
  EXPECT_EQ(Progress(edited), 66);
  // That all is done is what the unit says; what is accepted is done.
  project.set_state(v1::Project::STATE_SUBMITTED);
  EXPECT_EQ(Progress(project), 66);
  project.set_state(v1::Project::STATE_ACCEPTED);
  EXPECT_EQ(Progress(project), 100);
}

// National Day: the Saturday after it is worked, the week before it is not.
TEST(ProjectRulesTest, TheClockCountsWorkingDays) {
  alliance::v1::Charter charter;
  for (int day = 1; day <= 7; ++day) {
    *charter.mutable_holidays()->add_holidays()->mutable_date() =
        alliance::ToDate(CivilDay(2026, 10, day));
  }
  *charter.mutable_holidays()->add_worked_weekend_days() = alliance::ToDate(CivilDay(2026, 10, 10));
  const alliance::WorkingCalendar days({charter});
  const absl::TimeZone zone = absl::FixedTimeZone(8 * 3600);
  v1::Project project = Example();  // due Monday the 12th
  EXPECT_EQ(NextStep(project, days, zone), absl::FromCivil(CivilDay(2026, 10, 8), zone));
  project.mutable_remind_time()->set_seconds(1);
  EXPECT_EQ(NextStep(project, days, zone), absl::FromCivil(CivilDay(2026, 10, 13), zone));
  project.set_supervision_count(1);  // somebody's, before the date was over
  EXPECT_EQ(NextStep(project, days, zone), absl::FromCivil(CivilDay(2026, 10, 13), zone));
  project.mutable_supervise_time()->set_seconds(1);
  EXPECT_EQ(NextStep(project, days, zone), std::nullopt);
  project.clear_remind_time();  // it was late before there was anything to remind of
  EXPECT_EQ(NextStep(project, days, zone), std::nullopt);
  SetOverdue(CivilDay(2026, 10, 12), project);
  EXPECT_FALSE(project.overdue());
  SetOverdue(CivilDay(2026, 10, 13), project);
  EXPECT_TRUE(project.overdue());
}

TEST(ProjectRulesTest, EachMilestoneHasAClockOfItsOwnThatANewDateStartsAnew) {
  const alliance::WorkingCalendar days;
  const absl::TimeZone zone = absl::FixedTimeZone(8 * 3600);
  const auto morning = [&](int day) { return absl::FromCivil(CivilDay(2026, 10, day), zone); };
  v1::Project project = Example();  // due Monday the 12th
  EXPECT_EQ(NextMilestoneStep(project, days, zone), std::nullopt);
  for (const int day : {0, 6, 9}) {  // none, Tuesday, Friday
    v1::Milestone& one = *project.add_milestones();
    one.set_title("节点");
    if (day != 0) *one.mutable_due_date() = alliance::ToDate(CivilDay(2026, 10, day));
  }
  SettleMilestones({}, project);
  EXPECT_EQ(MilestoneDay(project), CivilDay(2026, 10, 6));
  // The first has the project's date, of which the project is reminded.
  EXPECT_EQ(NextMilestoneStep(project, days, zone), morning(1));
  EXPECT_FALSE(StepMilestones(morning(1) - absl::Seconds(1), days, zone, project));
  EXPECT_TRUE(StepMilestones(morning(1), days, zone, project));
  EXPECT_TRUE(project.milestones(1).has_remind_time());
  EXPECT_FALSE(project.milestones(2).has_remind_time());
  EXPECT_FALSE(StepMilestones(morning(1), days, zone, project));
  EXPECT_EQ(NextMilestoneStep(project, days, zone), morning(6));
  EXPECT_TRUE(StepMilestones(morning(7), days, zone, project));
  EXPECT_TRUE(project.milestones(1).has_overdue_time());
  EXPECT_TRUE(project.milestones(2).has_remind_time());
  EXPECT_EQ(NextMilestoneStep(project, days, zone), morning(10));
  SetOverdue(CivilDay(2026, 10, 7), project);
  EXPECT_EQ(project.overdue_milestone_count(), 1);
  EXPECT_TRUE(project.milestones(1).overdue());
  SetOverdue(CivilDay(2026, 10, 13), project);
  EXPECT_EQ(project.overdue_milestone_count(), 3);

  // Another date starts anew; the same one does not, whatever is sent.
  v1::Project edited = project;
  *edited.mutable_milestones(1)->mutable_due_date() = alliance::ToDate(CivilDay(2026, 10, 8));
  edited.mutable_milestones(2)->clear_remind_time();
  SettleMilestones(project, edited);
  EXPECT_FALSE(edited.milestones(1).has_remind_time());
  EXPECT_FALSE(edited.milestones(1).has_overdue_time());
  EXPECT_TRUE(edited.milestones(2).has_remind_time());

  // One that is late when it is set is told of once, and one that is reached not at all.
  EXPECT_TRUE(StepMilestones(morning(9), days, zone, edited));
  EXPECT_FALSE(edited.milestones(1).has_remind_time());
  EXPECT_TRUE(edited.milestones(1).has_overdue_time());
  edited.mutable_milestones(2)->mutable_complete_time()->set_seconds(1);
  EXPECT_EQ(NextMilestoneStep(edited, days, zone), std::nullopt);
  EXPECT_EQ(MilestoneDay(edited), CivilDay(2026, 10, 8));
  project.set_state(v1::Project::STATE_SUBMITTED);
  EXPECT_EQ(NextMilestoneStep(project, days, zone), std::nullopt);
  EXPECT_EQ(MilestoneDay(project), std::nullopt);
}

TEST(ProjectRulesTest, AFileIsWhatItsBytesSay) {
  EXPECT_EQ(TypeOfFile("\xFF\xD8\xFF\xE0"), "image/jpeg");
  EXPECT_EQ(TypeOfFile("\x89PNG\r\n\x1A\n...."), "image/png");
  EXPECT_EQ(TypeOfFile("%PDF-1.7"), "application/pdf");
  EXPECT_EQ(TypeOfFile("<html>"), "");
  EXPECT_EQ(TypeOfFile(""), "");
}

}  // namespace
}  // namespace jinhuan::meeting
