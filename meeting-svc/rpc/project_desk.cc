#include "meeting-svc/rpc/project_desk.h"

#include <fmt/format.h>

#include <algorithm>

#include "jinhuan/meeting/v1/error_reason.pb.h"
#include "meeting-svc/domain/meeting_rules.h"
#include "meeting-svc/domain/photo.h"
#include "meeting-svc/domain/project_rules.h"
#include "meeting-svc/domain/rating.h"
#include "platform/api/acts_for_alliance.h"
#include "platform/api/page.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/api/update_mask.h"
#include "platform/api/write.h"
#include "platform/status/error.h"
#include "platform/status/not_found.h"
#include "platform/status/state_wrong.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr char kProject[] = "alliances/*/projects/*";
constexpr char kReport[] = "alliances/*/projects/*/reports/*";
constexpr char kNotice[] = "alliances/*/projects/*/supervisionNotices/*";
constexpr int kMaxFiles = 6;
constexpr size_t kMaxFile = 2 << 20;
constexpr size_t kMaxFilesTogether = 3 << 20;

// Whether the caller acts for the responsible unit, or for the whole alliance.
absl::Status CheckLead(const api::Call& call, const v1::Project& project) {
  if (api::ActsForAlliance(call) || call.Covers("", project.lead_member())) return absl::OkStatus();
  return NotFound(project.name());
}

absl::Status OfOwnUnit(const v1::Project& project) {
  return Error(v1::ERROR_REASON_PROJECT_OF_OWN_UNIT, {{"name", project.name()}});
}

// The chair judges others' work, and the street anybody's.
absl::Status CheckJudge(const api::Call& call, const v1::Project& project) {
  const bool own = call.GrantFor(project.lead_member()) != nullptr;
  return own && !IsStreet(call.caller, call.alliance) ? OfOwnUnit(project) : absl::OkStatus();
}

absl::Status CheckRater(const api::Call& call, const v1::Project& project) {
  const std::string rater = RaterOf(project);
  if (api::ActsForAlliance(call) ? rater.empty() : call.Covers("", rater)) return absl::OkStatus();
  const bool own = rater.empty() && call.Covers("", project.proposer_member());
  return own ? OfOwnUnit(project) : NotFound(project.name());
}

// Whether the same unit does it by the same day, as its resolution says too.
bool SameTerms(const v1::Project& a, const v1::Project& b) {
  return a.lead_member() == b.lead_member() && DayOf(a.due_date()) == DayOf(b.due_date());
}

std::string BeforeId(const api::Page& page) { return page.first() ? "~" : page.after[0]; }

std::vector<std::string> IdKey(std::string_view name) { return {api::LastId(name)}; }

// The files with their types, and pictures without metadata; adds what is wrong with them.
std::vector<v1::Evidence> CheckFiles(const google::protobuf::RepeatedPtrField<v1::Evidence>& sent,
                                     Violations& violations) {
  std::vector<v1::Evidence> files;
  violations.Check("evidence", sent.size() <= kMaxFiles, "at most 6 files", "最多 6 个文件");
  size_t bytes = 0;
  for (int i = 0; i < std::min(sent.size(), kMaxFiles); ++i) {
    v1::Evidence file = sent[i];
    const std::string path = fmt::format("evidence[{}]", i);
    bytes += file.content().size();
    file.set_content_type(std::string(TypeOfFile(file.content())));
    violations.CheckText(path + ".filename", file.filename(), 1, 100);
    if (violations.Require(path + ".content", !file.content().empty())) {
      violations.Check(path + ".content",
                       !file.content_type().empty() && file.content().size() <= kMaxFile,
                       "a JPEG, PNG or PDF of at most 2 MiB", "不超过 2 MiB 的 JPEG、PNG 或 PDF");
    }
    if (!CleanPicture(*file.mutable_content())) {
      violations.Add(path + ".content", v1::ERROR_REASON_PICTURE_BROKEN);
    }
    files.push_back(std::move(file));
  }
  violations.Check("evidence", bytes <= kMaxFilesTogether, "at most 3 MiB together",
                   "合计不超过 3 MiB");
  return files;
}

}  // namespace

absl::StatusOr<v1::Project> ProjectDesk::Change(
    const api::Call& call, const google::protobuf::Message& request, const std::string& name,
    absl::FunctionRef<absl::Status(db::Connection&, const v1::Project& before, v1::Project& after)>
        change) const {
  JH_RETURN_IF_ERROR(api::RequireName(kProject, name).status());
  return api::Write<v1::Project>(
      deps_.pool, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::Project> {
        JH_ASSIGN_OR_RETURN(const v1::Project before,
                            deps_.projects.Get(connection, name, call.now));
        v1::Project after = before;
        JH_RETURN_IF_ERROR(change(connection, before, after));
        return deps_.projects.Update(connection, call, before, std::move(after));
      });
}

absl::Status ProjectDesk::ChangeResolution(db::Connection& connection, const api::Call& call,
                                           const v1::Project& project,
                                           absl::FunctionRef<void(v1::Resolution&)> change) const {
  if (project.resolution().empty()) return absl::OkStatus();
  JH_ASSIGN_OR_RETURN(const v1::Resolution before,
                      deps_.resolutions.Get(connection, project.resolution()));
  v1::Resolution after = before;
  change(after);
  return deps_.resolutions.Update(connection, call, before, std::move(after)).status();
}

absl::StatusOr<v1::Project> ProjectDesk::Create(const api::Call& call,
                                                const v1::CreateProjectRequest& request) const {
  Violations violations;
  api::MatchName("alliances/*", request.parent(), "parent", violations);
  CheckProject(request.project(), request.parent(), violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return api::Write<v1::Project>(deps_.pool, call, request, [&](db::Connection& connection) {
    v1::Project project;
    project.set_title(request.project().title());
    project.set_goal(request.project().goal());
    project.set_proposer_member(request.project().proposer_member());
    project.set_lead_member(request.project().lead_member());
    *project.mutable_supporting_members() = request.project().supporting_members();
    project.set_responsible_person(request.project().responsible_person());
    *project.mutable_due_date() = request.project().due_date();
    project.set_standard(request.project().standard());
    *project.mutable_milestones() = request.project().milestones();
    return deps_.projects.Create(connection, call, std::move(project));
  });
}

absl::StatusOr<v1::Project> ProjectDesk::Get(const api::Call& call,
                                             const v1::GetProjectRequest& request) const {
  JH_RETURN_IF_ERROR(api::RequireName(kProject, request.name()).status());
  return db::Read<v1::Project>(deps_.pool, call.deadline, [&](db::Connection& connection) {
    return deps_.projects.Get(connection, request.name(), call.now);
  });
}

absl::StatusOr<v1::ListProjectsResponse> ProjectDesk::List(
    const api::Call& call, const v1::ListProjectsRequest& request) const {
  Violations violations;
  api::MatchName("alliances/*", request.parent(), "parent", violations);
  violations.Check("state", v1::Project::State_IsValid(request.state()), "a known state",
                   "已有的项目状态");
  if (!request.lead_member().empty()) {
    api::MatchName("alliances/*/members/*", request.lead_member(), "lead_member", violations);
  }
  JH_RETURN_IF_ERROR(violations.ToStatus());
  JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(request, 2));
  ProjectStore::Position after;
  if (!page.first()) {
    JH_ASSIGN_OR_RETURN(after.due_day, api::NumberOf(page.after[0]));
    after.id = page.after[1];
  }
  const ProjectStore::Filter filter{
      .state = request.state(),
      .lead_id = request.lead_member().empty() ? "" : api::LastId(request.lead_member()),
      .overdue = request.overdue(),
      .overdue_milestones = request.overdue_milestones()};
  JH_ASSIGN_OR_RETURN(auto projects,
                      db::Read<std::vector<v1::Project>>(
                          deps_.pool, call.deadline, [&](db::Connection& connection) {
                            return deps_.projects.List(connection, request.parent(), filter, after,
                                                       page.limit(), call.now);
                          }));
  v1::ListProjectsResponse response;
  response.set_next_page_token(api::FillPage(
      request, page, projects, *response.mutable_projects(), [](const v1::Project& one) {
        const int64_t day = DayOf(one.due_date()) - absl::CivilDay(1970, 1, 1);
        return std::vector{std::to_string(day), api::LastId(one.name())};
      }));
  return response;
}

absl::StatusOr<v1::Project> ProjectDesk::Update(const api::Call& call,
                                                const v1::UpdateProjectRequest& request) const {
  const v1::Project& sent = request.project();
  std::vector<std::string_view> updatable = {"goal", "responsible_person", "milestones"};
  if (api::ActsForAlliance(call)) {
    updatable.insert(updatable.end(), {"title", "proposer_member", "lead_member",
                                       "supporting_members", "due_date", "standard"});
  }
  return Change(call, request, sent.name(),
                [&](db::Connection& connection, const v1::Project& before,
                    v1::Project& after) -> absl::Status {
                  JH_RETURN_IF_ERROR(CheckLead(call, before));
                  JH_RETURN_IF_ERROR(api::ApplyMask(request.update_mask(), updatable, sent, after));
                  Violations violations;
                  CheckProject(after, call.alliance, violations);
                  JH_RETURN_IF_ERROR(violations.ToStatus());
                  JH_RETURN_IF_ERROR(CheckState(before, {v1::Project::STATE_RUNNING}));
                  JH_RETURN_IF_ERROR(api::CheckEtag(sent.etag(), before.etag(), sent.name()));
                  JH_RETURN_IF_ERROR(deps_.projects.CheckUnits(connection, before, after));
                  // Another date is another time to remind of, and another to be late for.
                  if (DayOf(after.due_date()) != DayOf(before.due_date())) {
                    after.clear_remind_time();
                    after.clear_supervise_time();
                  }
                  SettleMilestones(before, after);
                  if (SameTerms(before, after)) return absl::OkStatus();
                  return ChangeResolution(
                      connection, call, before, [&](v1::Resolution& resolution) {
                        resolution.set_lead_member(after.lead_member());
                        resolution.set_lead_member_display_name(after.lead_member_display_name());
                        *resolution.mutable_due_date() = after.due_date();
                      });
                });
}

absl::StatusOr<v1::ProgressReport> ProjectDesk::Report(
    const api::Call& call, const v1::ReportProgressRequest& request) const {
  JH_RETURN_IF_ERROR(api::RequireName(kProject, request.name()).status());
  Violations violations;
  violations.CheckText("report.text", request.report().text(), 1, 2000);
  const std::vector<v1::Evidence> files = CheckFiles(request.evidence(), violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return api::Write<v1::ProgressReport>(
      deps_.pool, call, request,
      [&](db::Connection& connection) -> absl::StatusOr<v1::ProgressReport> {
        JH_ASSIGN_OR_RETURN(const v1::Project before,
                            deps_.projects.Get(connection, request.name(), call.now));
        JH_RETURN_IF_ERROR(CheckLead(call, before));
        JH_RETURN_IF_ERROR(CheckState(before, {v1::Project::STATE_RUNNING}));
        v1::Project after = before;
        if (request.report().finished()) {
          after.set_state(v1::Project::STATE_SUBMITTED);
          *after.mutable_submit_time() = api::ToProto(call.now);
        }
        JH_RETURN_IF_ERROR(
            deps_.projects.Update(connection, call, before, std::move(after)).status());
        v1::ProgressReport report;
        report.set_text(request.report().text());
        report.set_finished(request.report().finished());
        report.set_user(call.caller.name());
        *report.mutable_create_time() = api::ToProto(call.now);
        return deps_.progress.AddReport(connection, call, request.name(), std::move(report), files);
      });
}

absl::StatusOr<v1::ListProgressReportsResponse> ProjectDesk::ListReports(
    const api::Call& call, const v1::ListProgressReportsRequest& request) const {
  JH_RETURN_IF_ERROR(api::RequireName(kProject, request.parent(), "parent").status());
  JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(request, 1));
  using Reports = std::vector<v1::ProgressReport>;
  JH_ASSIGN_OR_RETURN(
      auto reports,
      db::Read<Reports>(
          deps_.pool, call.deadline, [&](db::Connection& connection) -> absl::StatusOr<Reports> {
            JH_RETURN_IF_ERROR(deps_.projects.Get(connection, request.parent(), call.now).status());
            return deps_.progress.Reports(connection, request.parent(), BeforeId(page),
                                          page.limit());
          }));
  v1::ListProgressReportsResponse response;
  response.set_next_page_token(api::FillPage(request, page, reports, *response.mutable_reports(),
                                             [](const auto& one) { return IdKey(one.name()); }));
  return response;
}

absl::StatusOr<v1::Evidence> ProjectDesk::File(
    const api::Call& call, const v1::GetProgressEvidenceRequest& request) const {
  JH_RETURN_IF_ERROR(api::RequireName(kReport, request.name()).status());
  return db::Read<v1::Evidence>(deps_.pool, call.deadline, [&](db::Connection& connection) {
    return deps_.progress.File(connection, request.name(), request.index());
  });
}

absl::StatusOr<v1::Project> ProjectDesk::ChangeMilestone(
    const api::Call& call, const google::protobuf::Message& request, const std::string& name,
    const std::string& milestone, absl::FunctionRef<void(v1::Milestone&)> change) const {
  return Change(
      call, request, name,
      [&](db::Connection&, const v1::Project& before, v1::Project& after) -> absl::Status {
        JH_RETURN_IF_ERROR(CheckLead(call, before));
        auto& all = *after.mutable_milestones();
        const auto one = std::find_if(all.begin(), all.end(), [&](const v1::Milestone& each) {
          return each.id() == milestone;
        });
        if (one == all.end()) return NotFound(name + "/milestones/" + milestone);
        JH_RETURN_IF_ERROR(CheckState(before, {v1::Project::STATE_RUNNING}));
        change(*one);
        return absl::OkStatus();
      });
}

absl::StatusOr<v1::Project> ProjectDesk::Complete(
    const api::Call& call, const v1::CompleteMilestoneRequest& request) const {
  Violations violations;
  violations.CheckText("note", request.note(), 0, 500);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return ChangeMilestone(call, request, request.name(), request.milestone(),
                         [&](v1::Milestone& one) {
                           if (one.has_complete_time()) return;
                           *one.mutable_complete_time() = api::ToProto(call.now);
                           one.set_note(request.note());
                         });
}

absl::StatusOr<v1::Project> ProjectDesk::ReopenMilestone(
    const api::Call& call, const v1::ReopenMilestoneRequest& request) const {
  return ChangeMilestone(call, request, request.name(), request.milestone(),
                         [](v1::Milestone& one) {
                           one.clear_complete_time();
                           one.clear_note();
                         });
}

absl::StatusOr<v1::Project> ProjectDesk::Accept(const api::Call& call,
                                                const v1::AcceptProjectRequest& request) const {
  Violations violations;
  violations.CheckText("note", request.note(), request.send_back() ? 1 : 0, 500);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return Change(call, request, request.name(),
                [&](db::Connection& connection, const v1::Project& before,
                    v1::Project& after) -> absl::Status {
                  JH_RETURN_IF_ERROR(CheckJudge(call, before));
                  JH_RETURN_IF_ERROR(CheckState(before, {v1::Project::STATE_SUBMITTED}));
                  after.set_verdict_note(request.note());
                  if (request.send_back()) {
                    after.set_state(v1::Project::STATE_RUNNING);
                    return absl::OkStatus();
                  }
                  after.set_state(v1::Project::STATE_ACCEPTED);
                  *after.mutable_accept_time() = api::ToProto(call.now);
                  return ChangeResolution(connection, call, before, [](v1::Resolution& done) {
                    done.set_state(v1::Resolution::STATE_CARRIED_OUT);
                  });
                });
}

absl::StatusOr<v1::Project> ProjectDesk::Stop(const api::Call& call,
                                              const v1::StopProjectRequest& request) const {
  Violations violations;
  violations.CheckText("reason", request.reason(), 1, 500);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return Change(call, request, request.name(),
                [&](db::Connection& connection, const v1::Project& before,
                    v1::Project& after) -> absl::Status {
                  JH_RETURN_IF_ERROR(CheckJudge(call, before));
                  JH_RETURN_IF_ERROR(CheckState(
                      before, {v1::Project::STATE_RUNNING, v1::Project::STATE_SUBMITTED}));
                  after.set_state(v1::Project::STATE_STOPPED);
                  after.set_verdict_note(request.reason());
                  *after.mutable_stop_time() = api::ToProto(call.now);
                  return ChangeResolution(connection, call, before, [](v1::Resolution& stopped) {
                    stopped.set_state(v1::Resolution::STATE_STOPPED);
                  });
                });
}

absl::StatusOr<v1::Project> ProjectDesk::Rate(const api::Call& call,
                                              const v1::RateProjectRequest& request) const {
  Violations violations;
  CheckRating(request.rating(), violations);
  violations.CheckText("note", request.note(), 0, 500);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return Change(
      call, request, request.name(),
      [&](db::Connection&, const v1::Project& before, v1::Project& after) -> absl::Status {
        JH_RETURN_IF_ERROR(CheckRater(call, before));
        JH_RETURN_IF_ERROR(CheckState(before, {v1::Project::STATE_ACCEPTED}));
        if (before.rating() != 0) {
          return Error(v1::ERROR_REASON_PROJECT_RATED, {{"name", before.name()}});
        }
        after.set_rating(request.rating());
        after.set_rating_note(request.note());
        return absl::OkStatus();
      });
}

absl::StatusOr<v1::SupervisionNotice> ProjectDesk::Issue(
    const api::Call& call, const v1::IssueSupervisionNoticeRequest& request) const {
  JH_RETURN_IF_ERROR(api::RequireName(kProject, request.name()).status());
  Violations violations;
  violations.CheckText("demand", request.demand(), 1, 1000);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return api::Write<v1::SupervisionNotice>(
      deps_.pool, call, request,
      [&](db::Connection& connection) -> absl::StatusOr<v1::SupervisionNotice> {
        JH_ASSIGN_OR_RETURN(const v1::Project project,
                            deps_.projects.Get(connection, request.name(), call.now));
        return deps_.supervision.Issue(connection, call, project, request.demand(), false);
      });
}

absl::Status ProjectDesk::SetLate(db::Connection& connection, absl::Time now,
                                  v1::SupervisionNotice& notice) const {
  JH_ASSIGN_OR_RETURN(const absl::TimeZone zone,
                      deps_.alliances.Zone(connection, api::AllianceOf(notice.name())));
  const absl::Time answered = notice.has_answer_time() ? api::FromProto(notice.answer_time()) : now;
  notice.set_late(absl::ToCivilDay(answered, zone) > DayOf(notice.answer_due_date()));
  return absl::OkStatus();
}

absl::StatusOr<v1::SupervisionNotice> ProjectDesk::Answer(
    const api::Call& call, const v1::AnswerSupervisionNoticeRequest& request) const {
  JH_RETURN_IF_ERROR(api::RequireName(kNotice, request.name()).status());
  Violations violations;
  violations.CheckText("answer", request.answer(), 1, 1000);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return api::Write<v1::SupervisionNotice>(
      deps_.pool, call, request,
      [&](db::Connection& connection) -> absl::StatusOr<v1::SupervisionNotice> {
        const std::string name = api::ParentOf(request.name());
        JH_ASSIGN_OR_RETURN(const v1::Project project,
                            deps_.projects.Get(connection, name, call.now));
        if (!call.Covers("", project.lead_member())) return NotFound(request.name());
        // Two that answer at once follow one another on the project's row.
        JH_RETURN_IF_ERROR(deps_.projects.Update(connection, call, project, project).status());
        JH_ASSIGN_OR_RETURN(const v1::SupervisionNotice before,
                            deps_.progress.GetNotice(connection, request.name()));
        v1::SupervisionNotice after = before;
        after.set_answer(request.answer());
        if (!after.has_answer_time()) *after.mutable_answer_time() = api::ToProto(call.now);
        JH_RETURN_IF_ERROR(SetLate(connection, call.now, after));
        JH_RETURN_IF_ERROR(deps_.progress.Answer(connection, call, before, after));
        return after;
      });
}

absl::StatusOr<v1::ListSupervisionNoticesResponse> ProjectDesk::ListNotices(
    const api::Call& call, const v1::ListSupervisionNoticesRequest& request) const {
  Violations violations;
  api::MatchName("alliances/*", request.parent(), "parent", violations);
  if (!request.project().empty()) {
    const auto ids = api::MatchName(kProject, request.project(), "project", violations);
    violations.Check("project",
                     !ids.has_value() || api::AllianceOf(request.project()) == request.parent(),
                     "a project of the alliance", "本联盟的项目");
  }
  JH_RETURN_IF_ERROR(violations.ToStatus());
  JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(request, 1));
  using Notices = std::vector<v1::SupervisionNotice>;
  JH_ASSIGN_OR_RETURN(
      auto notices,
      db::Read<Notices>(
          deps_.pool, call.deadline, [&](db::Connection& connection) -> absl::StatusOr<Notices> {
            JH_ASSIGN_OR_RETURN(
                Notices found,
                request.project().empty()
                    ? deps_.progress.Notices(connection, request.parent(), request.unanswered(),
                                             BeforeId(page), page.limit())
                    : deps_.progress.NoticesOf(connection, request.project(), request.unanswered(),
                                               BeforeId(page), page.limit()));
            for (v1::SupervisionNotice& one : found) {
              JH_RETURN_IF_ERROR(SetLate(connection, call.now, one));
            }
            return found;
          }));
  v1::ListSupervisionNoticesResponse response;
  response.set_next_page_token(api::FillPage(request, page, notices,
                                             *response.mutable_supervision_notices(),
                                             [](const auto& one) { return IdKey(one.name()); }));
  return response;
}

}  // namespace jinhuan::meeting
