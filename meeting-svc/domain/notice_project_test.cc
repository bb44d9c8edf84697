// What projects tell, their milestones, reports and supervision notices.
#include "jinhuan/meeting/v1/project.pb.h"
#include "meeting-svc/domain/notice_fixture.h"

namespace jinhuan::meeting {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

// A project of l that p proposed.
v1::Project Running() {
  v1::Project project;
  project.set_name("alliances/a/projects/p");
  project.set_title("错时停车");
  project.set_proposer_member("alliances/a/members/p");
  project.set_lead_member("alliances/a/members/l");
  project.set_lead_member_display_name("青禾小学");
  project.set_state(v1::Project::STATE_RUNNING);
  return project;
}

TEST(ProjectNoticesTest, AProjectIsToldToItsProposerStepByStepAndToItsUnitsOnce) {
  v1::Project project = Running();
  project.add_supporting_members("alliances/a/members/s");
  EXPECT_THAT(Told(project), Contains("alliances/a/members/s#liaisons 本单位配合项目：错时停车"));
  EXPECT_TRUE(Told(&project, project).empty());
  v1::Project changed = project;
  changed.set_lead_member("alliances/a/members/n");
  changed.set_lead_member_display_name("邻里中心");
  changed.add_supporting_members("alliances/a/members/t");
  EXPECT_THAT(Told(&project, changed),
              ElementsAre("alliances/a/members/n#liaisons ! 本单位牵头项目：错时停车",
                          "alliances/a/members/l#liaisons 项目已改由邻里中心牵头：错时停车",
                          "alliances/a/members/t#liaisons 本单位配合项目：错时停车",
                          "alliances/a/members/p#liaisons 项目已改由邻里中心牵头：错时停车"));
  v1::Project submitted = project;
  submitted.set_state(v1::Project::STATE_SUBMITTED);
  project.set_verdict_note("标线未完成");
  EXPECT_THAT(Told(&submitted, project),
              ElementsAre("alliances/a/members/l#liaisons ! 项目验收退回：错时停车（标线未完成）",
                          "alliances/a/members/p#liaisons 项目验收退回：错时停车（标线未完成）"));

  v1::Project stopped = project;
  stopped.set_state(v1::Project::STATE_STOPPED);
  stopped.set_verdict_note("重复立项");
  EXPECT_THAT(Told(&submitted, stopped),
              ElementsAre("alliances/a/members/l#liaisons 项目已终止：错时停车（重复立项）",
                          "alliances/a/members/s#liaisons 项目已终止：错时停车（重复立项）",
                          "alliances/a/members/p#liaisons 项目已终止：错时停车（重复立项）"));

  // A rating reaches who did the work, and the proposer's other people.
  v1::Project accepted = project;
  accepted.set_state(v1::Project::STATE_ACCEPTED);
  v1::Project rated = accepted;
  rated.set_rating(4);
  EXPECT_THAT(Told(&accepted, rated),
              ElementsAre("alliances/a/members/l#liaisons 项目获评 4 分：错时停车",
                          "alliances/a/members/s#liaisons 项目获评 4 分：错时停车",
                          "alliances/a/members/p#liaisons 项目获评 4 分：错时停车"));

  v1::ProgressReport report;
  report.set_name("alliances/a/projects/p/reports/r");
  EXPECT_THAT(Told(report), ElementsAre("alliances/a/projects/p#proposer 项目有新的进展汇报"));
  report.set_finished(true);  // told with the state
  EXPECT_TRUE(Told(report).empty());
}

TEST(ProjectNoticesTest, TheProposerHearsOfEachStepAndNobodyOfOneTwice) {
  v1::Project project = Running();
  v1::Project moved = project;
  moved.mutable_due_date()->set_year(2026);
  moved.mutable_due_date()->set_month(12);
  moved.mutable_due_date()->set_day(5);
  EXPECT_THAT(
      Told(&project, moved),
      ElementsAre("alliances/a/members/l#liaisons 项目期限改为 2026 年 12 月 5 日：错时停车",
                  "alliances/a/members/p#liaisons 项目期限改为 2026 年 12 月 5 日：错时停车"));

  // The street knows what it issued itself, and not what the clock did.
  v1::Project supervised = project;
  supervised.set_supervision_count(1);
  EXPECT_THAT(Told(&project, supervised),
              ElementsAre("alliances/a/members/l#liaisons ! 收到督办单，请限期答复：错时停车",
                          "alliances/a/members/p#liaisons 已向青禾小学发出督办单：错时停车"));
  supervised.mutable_supervise_time()->set_seconds(1);
  EXPECT_THAT(Told(&project, supervised),
              ElementsAre("alliances/a/members/l#liaisons ! 收到督办单，请限期答复：错时停车",
                          "alliances/a#street 已向青禾小学发出督办单：错时停车",
                          "alliances/a/members/p#liaisons 已向青禾小学发出督办单：错时停车"));

  // Who rates is asked to: nobody itself.
  v1::Project submitted = project;
  submitted.set_state(v1::Project::STATE_SUBMITTED);
  v1::Project accepted = project;
  accepted.set_state(v1::Project::STATE_ACCEPTED);
  EXPECT_THAT(Told(&submitted, accepted),
              ElementsAre("alliances/a/members/l#liaisons 项目已通过验收：错时停车",
                          "alliances/a/members/p#liaisons ! 项目已通过验收，请评价：错时停车"));
  for (v1::Project* one : {&project, &submitted, &accepted}) {
    one->set_proposer_member("alliances/a/members/l");
  }
  EXPECT_THAT(Told(&submitted, accepted),
              ElementsAre("alliances/a/members/l#liaisons 项目已通过验收：错时停车",
                          "alliances/a#street ! 项目已通过验收，请评价：错时停车"));
  EXPECT_THAT(Told(&submitted, project),
              ElementsAre("alliances/a/members/l#liaisons ! 项目验收退回：错时停车（）"));
}

TEST(ProjectNoticesTest, AMilestoneIsToldBeforeItIsDueAndOnceItIsOverdue) {
  v1::Project project = Running();
  project.add_supporting_members("alliances/a/members/s");
  for (const char* title : {"标线", "公示", "开放"}) {
    v1::Milestone& one = *project.add_milestones();
    one.set_id(title);
    one.set_title(title);
  }
  v1::Project soon = project;
  soon.mutable_milestones(1)->mutable_remind_time()->set_seconds(1);
  EXPECT_THAT(Told(&project, soon),
              ElementsAre("alliances/a/members/l#liaisons ! 项目节点“公示”即将到期：错时停车",
                          "alliances/a/members/s#liaisons 项目节点“公示”即将到期：错时停车"));
  EXPECT_TRUE(Told(&soon, soon).empty());
  v1::Project late = soon;
  late.mutable_milestones(0)->mutable_overdue_time()->set_seconds(1);
  late.mutable_milestones(1)->mutable_overdue_time()->set_seconds(1);
  EXPECT_THAT(
      Told(&soon, late),
      ElementsAre("alliances/a/members/l#liaisons ! 项目节点“标线”等 2 个已逾期：错时停车",
                  "alliances/a/members/s#liaisons 项目节点“标线”等 2 个已逾期：错时停车",
                  "alliances/a#street 项目节点“标线”等 2 个已逾期，由青禾小学牵头：错时停车",
                  "alliances/a/members/p#liaisons "
                  "项目节点“标线”等 2 个已逾期，由青禾小学牵头：错时停车"));
  EXPECT_TRUE(Told(&late, late).empty());
}

TEST(ProjectNoticesTest, AnAnswerToASupervisionNoticeReachesTheStreetOnce) {
  v1::SupervisionNotice notice;
  notice.set_name("alliances/a/projects/p/supervisionNotices/n");
  EXPECT_TRUE(Told(notice).empty());
  const v1::SupervisionNotice issued = notice;
  *notice.mutable_answer_time() = api::ToProto(kEvening);
  EXPECT_THAT(Told(&issued, notice), ElementsAre("alliances/a#street 督办单已答复"));
  EXPECT_TRUE(Told(&notice, notice).empty());
}

}  // namespace
}  // namespace jinhuan::meeting
