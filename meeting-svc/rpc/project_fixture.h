// What the tests of resolutions and projects start from, in the words of the tests.
#pragma once

#include "alliance-svc/facts/date.h"
#include "meeting-svc/rpc/project_keeper.h"
#include "meeting-svc/rpc/service_fixture.h"

namespace jinhuan::meeting {

// m2 proposes and chairs, m1 carries out.
class ProjectTest : public ServiceTest {
 protected:
  static google::type::Date November(int day) {
    return alliance::ToDate(absl::CivilDay(2026, 11, day));
  }

  // A project of m1 that m2 proposed, due on a day of November.
  static v1::CreateProjectRequest ProjectDue(int day) {
    v1::CreateProjectRequest request = Under{kAlliance};
    v1::Project& project = *request.mutable_project();
    project.set_title("夜间共享停车");
    project.set_lead_member(Unit("m1"));
    project.set_proposer_member(Unit("m2"));
    *project.mutable_due_date() = November(day);
    return request;
  }
  v1::Project Create(const v1::CreateProjectRequest& request) {
    return Do(&Projects::CreateProject, Street(), request);
  }
  v1::Project Create(int due_day) { return Create(ProjectDue(due_day)); }
  v1::Project Get(const std::string& name) {
    return Do(&Projects::GetProject, kProposer, Named{name});
  }

  // What a meeting decides that m1 carries out by the 31st of December.
  static v1::RecordResolutionRequest ResolutionOf(const v1::Meeting& meeting) {
    v1::RecordResolutionRequest request = Under{kAlliance};
    v1::Resolution& resolution = *request.mutable_resolution();
    resolution.set_meeting(meeting.name());
    resolution.set_title("夜间共享停车");
    resolution.set_to_carry_out(true);
    resolution.set_lead_member(Unit("m1"));
    *resolution.mutable_due_date() = alliance::ToDate(absl::CivilDay(2026, 12, 31));
    return request;
  }

  static v1::ReportProgressRequest ReportOn(const std::string& project, bool finished) {
    v1::ReportProgressRequest request = Named{project};
    request.mutable_report()->set_text("已开放二十个车位");
    request.mutable_report()->set_finished(finished);
    return request;
  }
  // Each tries, and says why it is refused; nothing when it is done.
  std::string Report(const auth::v1::Caller& caller, const std::string& project, bool finished) {
    return Refusal(&Projects::ReportProgress, caller, ReportOn(project, finished));
  }
  std::string Accept(const auth::v1::Caller& caller, const std::string& project) {
    return Refusal(&Projects::AcceptProject, caller, Named{project});
  }
  std::string SendBack(const auth::v1::Caller& caller, const std::string& project,
                       const std::string& note) {
    v1::AcceptProjectRequest request = Named{project};
    request.set_send_back(true);
    request.set_note(note);
    return Refusal(&Projects::AcceptProject, caller, request);
  }
  std::string Rate(const auth::v1::Caller& caller, const std::string& project, int rating) {
    v1::RateProjectRequest request = Named{project};
    request.set_rating(rating);
    return Refusal(&Projects::RateProject, caller, request);
  }
  std::string Close(const v1::Meeting& meeting) {
    return Refusal(&Meetings::CloseMeeting, kChair, Named{meeting.name()});
  }

  std::vector<v1::SupervisionNotice> NoticesOf(bool unanswered) {
    v1::ListSupervisionNoticesRequest request = Under{kAlliance};
    request.set_unanswered(unanswered);
    const auto page = Do(&Projects::ListSupervisionNotices, kLead, request);
    return {page.supervision_notices().begin(), page.supervision_notices().end()};
  }
  // How much the clock had to do at nine o'clock of a day of November.
  int StepsOn(int day) {
    SetTime(absl::CivilHour(2026, 11, day, 9));
    return Steps();
  }
  int Steps() { return ProjectKeeper::Keep(keeper_, clock_.Now()).value_or(-1); }

  const auth::v1::Caller kChair = Chair("m2");
  const auth::v1::Caller kLead = Liaison("m1");
  const auth::v1::Caller kProposer = Liaison("m2");
  const ProjectKeeper::Deps keeper_{
      database_.pool(), stores_.alliances, stores_.projects, desks_.supervision, ids_, clock_};
};

}  // namespace jinhuan::meeting
