// Projects: who reports, who judges, who rates, and what each may change.
#include "meeting-svc/rpc/project_fixture.h"

namespace jinhuan::meeting {
namespace {

using ::testing::SizeIs;

TEST_F(ProjectTest, MilestonesAreReachedOnceByWhoCarriesItOut) {
  v1::CreateProjectRequest create = ProjectDue(30);
  for (int i = 0; i < 2; ++i) create.mutable_project()->add_milestones()->set_title("节点");
  v1::CompleteMilestoneRequest complete = Named{Create(create).name()};
  complete.set_milestone("m1");
  EXPECT_EQ(Refusal(&Projects::CompleteMilestone, kProposer, complete), "RESOURCE_NOT_FOUND");
  const v1::Project reached = Do(&Projects::CompleteMilestone, kLead, complete);
  EXPECT_EQ(reached.progress_percent(), 50);
  clock_.Advance(absl::Hours(1));
  const v1::Project again = Do(&Projects::CompleteMilestone, kLead, complete);
  EXPECT_EQ(again.milestones(0).complete_time().seconds(),
            reached.milestones(0).complete_time().seconds());
  v1::ReopenMilestoneRequest reopen = Named{complete.name()};
  reopen.set_milestone("m1");
  EXPECT_EQ(Refusal(&Projects::ReopenMilestone, kProposer, reopen), "RESOURCE_NOT_FOUND");
  for (int i = 0; i < 2; ++i) {
    const v1::Project open = Do(&Projects::ReopenMilestone, kLead, reopen);
    EXPECT_EQ(open.progress_percent(), 0);
    EXPECT_FALSE(open.milestones(0).has_complete_time());
  }
  complete.set_milestone("m9");
  EXPECT_EQ(Refusal(&Projects::CompleteMilestone, kLead, complete), "RESOURCE_NOT_FOUND");
}

TEST_F(ProjectTest, EvidenceIsAPictureThatIsKeptWithoutItsPlace) {
  const std::string name = Create(30).name();
  v1::ReportProgressRequest report = ReportOn(name, false);
  v1::Evidence& evidence = *report.add_evidence();
  evidence.set_filename("现场.png");
  evidence.set_content("no picture");
  EXPECT_EQ(Refusal(&Projects::ReportProgress, kLead, report), "FIELD_INVALID");
  evidence.set_content("\x89PNG\r\n\x1A\n....");
  EXPECT_EQ(Refusal(&Projects::ReportProgress, kLead, report), "PICTURE_BROKEN");
  const auto chunk = [](const char* kind, std::string content) {
    return std::string(3, '\0') + static_cast<char>(content.size()) + kind + content + "crc!";
  };
  evidence.set_content("\x89PNG\r\n\x1A\n" + chunk("IHDR", "1234567890123") +
                       chunk("eXIf", "GPS 31.2304") + chunk("IDAT", "pixels") + chunk("IEND", ""));
  const v1::ProgressReport made = Do(&Projects::ReportProgress, kLead, report);
  ASSERT_THAT(made.evidence(), SizeIs(1));
  EXPECT_EQ(made.evidence(0).content_type(), "image/png");

  v1::GetProgressEvidenceRequest file = Named{made.name()};
  const std::string kept = Do(&Projects::GetProgressEvidence, kProposer, file).content();
  EXPECT_EQ(kept.substr(1, 3), "PNG");
  EXPECT_EQ(kept.find("GPS"), std::string::npos);
  file.set_index(1);
  EXPECT_EQ(Refusal(&Projects::GetProgressEvidence, kProposer, file), "RESOURCE_NOT_FOUND");
}

TEST_F(ProjectTest, OnlyTheResponsibleUnitReportsAndItsProposerRatesOnce) {
  const std::string name = Create(30).name();
  EXPECT_EQ(Report(kProposer, name, false), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Accept(Street(), name), "STATE_WRONG");
  EXPECT_EQ(Report(kLead, name, true), "");
  EXPECT_FALSE(Get(name).has_progress_percent());
  EXPECT_EQ(SendBack(Street(), name, ""), "FIELD_REQUIRED");
  EXPECT_EQ(SendBack(Street(), name, "标识不清"), "");
  EXPECT_EQ(Get(name).state(), v1::Project::STATE_RUNNING);
  EXPECT_EQ(Report(kLead, name, true), "");
  EXPECT_EQ(Rate(kProposer, name, 5), "STATE_WRONG");
  EXPECT_EQ(Accept(Street(), name), "");
  EXPECT_EQ(Get(name).progress_percent(), 100);
  EXPECT_EQ(Rate(kLead, name, 5), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Rate(Street(), name, 5), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Rate(kProposer, name, 6), "FIELD_INVALID");
  EXPECT_EQ(Rate(kProposer, name, 4), "");
  EXPECT_EQ(Rate(kProposer, name, 5), "PROJECT_RATED");
  EXPECT_EQ(Get(name).rating(), 4);
}

TEST_F(ProjectTest, WhatIsStoppedIsOverForGoodAndOverdueNoMore) {
  const std::string name = Create(10).name();
  SetTime(absl::CivilHour(2026, 11, 12, 9));
  ASSERT_TRUE(Get(name).overdue());
  v1::StopProjectRequest stop = Named{name};
  const auto refusal = [&](const auth::v1::Caller& caller) {
    return Refusal(&Projects::StopProject, caller, stop);
  };
  EXPECT_EQ(refusal(Street()), "FIELD_REQUIRED");
  stop.set_reason("重复立项");
  EXPECT_EQ(refusal(kLead), "ROLE_REQUIRED");
  EXPECT_EQ(refusal(Chair("m1")), "PROJECT_OF_OWN_UNIT");
  EXPECT_EQ(refusal(kChair), "");
  EXPECT_EQ(refusal(kChair), "STATE_WRONG");
  const v1::Project stopped = Get(name);
  EXPECT_EQ(stopped.state(), v1::Project::STATE_STOPPED);
  EXPECT_EQ(stopped.verdict_note(), "重复立项");
  EXPECT_TRUE(stopped.has_stop_time());
  EXPECT_FALSE(stopped.overdue());
  EXPECT_EQ(Steps(), 0);
  EXPECT_EQ(Report(kLead, name, true), "STATE_WRONG");
  EXPECT_EQ(Accept(Street(), name), "STATE_WRONG");
}

TEST_F(ProjectTest, NobodyJudgesItsOwnWork) {
  v1::CreateProjectRequest create = ProjectDue(30);
  create.mutable_project()->set_lead_member(Unit("m2"));  // which proposed it, and chairs
  const std::string own = Create(create).name();
  ASSERT_EQ(Report(kProposer, own, true), "");
  EXPECT_EQ(Accept(kChair, own), "PROJECT_OF_OWN_UNIT");
  EXPECT_EQ(SendBack(kChair, own, "再议"), "PROJECT_OF_OWN_UNIT");
  EXPECT_EQ(Accept(Street(), own), "");
  EXPECT_EQ(Rate(kProposer, own, 5), "PROJECT_OF_OWN_UNIT");
  EXPECT_EQ(Rate(kLead, own, 5), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Rate(Street(), own, 3), "");
  const std::string others = Create(30).name();
  ASSERT_EQ(Report(kLead, others, true), "");
  EXPECT_EQ(Accept(kChair, others), "");
}

TEST_F(ProjectTest, TheResponsibleUnitCannotMoveItsOwnDueDate) {
  const v1::Project project = Create(10);
  v1::UpdateProjectRequest update;
  update.mutable_project()->set_name(project.name());
  *update.mutable_project()->mutable_due_date() = alliance::ToDate(absl::CivilDay(2026, 12, 31));
  update.mutable_update_mask()->add_paths("due_date");
  EXPECT_EQ(Refusal(&Projects::UpdateProject, kLead, update), "MASK_PATH_INVALID");
  EXPECT_EQ(Do(&Projects::UpdateProject, Street(), update).due_date().month(), 12);
  update.mutable_project()->set_etag(project.etag());
  EXPECT_EQ(Refusal(&Projects::UpdateProject, Street(), update), "ETAG_STALE");
}

TEST_F(ProjectTest, AUnitThatIsSuspendedSinceStopsNobodysEditAndComesToNothingNew) {
  v1::CreateProjectRequest create = ProjectDue(30);
  create.mutable_project()->add_supporting_members(Unit("m2"));
  v1::UpdateProjectRequest update;
  *update.mutable_project() = Create(create);
  const std::string other = Create(30).name();
  Follow(Member("m2", alliance::v1::Member::STATE_SUSPENDED));
  update.mutable_project()->set_goal("年底前开放");
  update.mutable_update_mask()->add_paths("goal");
  EXPECT_EQ(Refusal(&Projects::UpdateProject, kLead, update), "");
  update.mutable_project()->set_name(other);
  update.mutable_project()->clear_etag();
  update.mutable_update_mask()->set_paths(0, "supporting_members");
  EXPECT_EQ(Refusal(&Projects::UpdateProject, Street(), update), "STATE_WRONG");
}

TEST_F(ProjectTest, AreListedByDueDatePageByPage) {
  for (const int day : {9, 7, 7, 8, 30}) Create(day);
  v1::ListProjectsRequest request = Under{kAlliance};
  request.set_page_size(2);
  std::vector<int> days;
  do {
    const auto page = Do(&Projects::ListProjects, kChair, request);
    for (const auto& one : page.projects()) days.push_back(one.due_date().day());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(days, ::testing::ElementsAre(7, 7, 8, 9, 30));
  request.set_lead_member(Unit("m2"));
  EXPECT_THAT(Do(&Projects::ListProjects, kChair, request).projects(), SizeIs(0));
}

}  // namespace
}  // namespace jinhuan::meeting
