#include "meeting-svc/storage/progress_store.h"

#include "platform/api/resource_name.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

const db::Query kAddReport(
    "INSERT INTO progress_report (alliance_id, project_id, id, body) VALUES (?, ?, ?, ?)", "");
const db::Query kAddFile(
    "INSERT INTO progress_evidence (alliance_id, project_id, report_id, place, body) "
    "VALUES (?, ?, ?, ?, ?)",
    "");
const db::Query kReports(
    "SELECT body FROM progress_report FORCE INDEX (PRIMARY) WHERE alliance_id = ? "
    "AND project_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
    "PRIMARY");
const db::Query kFile(
    "SELECT body FROM progress_evidence WHERE alliance_id = ? AND project_id = ? "
    "AND report_id = ? AND place = ?",
    "PRIMARY");
const db::Query kIssue(
    "INSERT INTO supervision_notice (alliance_id, project_id, id, answered, body) "
    "VALUES (?, ?, ?, 0, ?)",
    "");
const db::Query kGetNotice(
    "SELECT body FROM supervision_notice WHERE alliance_id = ? AND project_id = ? AND id = ?",
    "PRIMARY");
const db::Query kAnswer(
    "UPDATE supervision_notice SET answered = 1, body = ? "
    "WHERE alliance_id = ? AND project_id = ? AND id = ?",
    "PRIMARY");
const db::Query kNotices(
    "SELECT body FROM supervision_notice FORCE INDEX (supervision_by_time) "
    "WHERE alliance_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
    "supervision_by_time");
const db::Query kUnanswered(
    "SELECT body FROM supervision_notice FORCE INDEX (supervision_by_answered) "
    "WHERE alliance_id = ? AND answered = 0 AND id < ? ORDER BY id DESC LIMIT ?",
    "supervision_by_answered");
const db::Query kNoticesOf(
    "SELECT body FROM supervision_notice FORCE INDEX (PRIMARY) WHERE alliance_id = ? "
    "AND project_id = ? AND id < ? AND (answered = 0 OR ? = 0) ORDER BY id DESC LIMIT ?",
    "PRIMARY");

template <class Body>
auto AddTo(std::vector<Body>& bodies) {
  return [&bodies](const db::Row& row) { row.Parse(0, bodies.emplace_back()); };
}

// alliances/a/projects/p of what lies in it.
std::string ProjectOf(const std::string& name) { return api::ParentOf(name); }

}  // namespace

absl::StatusOr<v1::ProgressReport> ProgressStore::AddReport(
    db::Connection& connection, const api::Call& call, const std::string& project,
    v1::ProgressReport report, const std::vector<v1::Evidence>& evidence) const {
  const std::string alliance_id = api::AllianceId(project);
  const std::string id = ids_.NewId();
  report.set_name(project + "/reports/" + id);
  report.clear_evidence();
  for (size_t i = 0; i < evidence.size(); ++i) {
    v1::Evidence& shown = *report.add_evidence();
    shown.set_filename(evidence[i].filename());
    shown.set_content_type(evidence[i].content_type());
    JH_RETURN_IF_ERROR(
        connection
            .Execute(kAddFile, {alliance_id, api::LastId(project), id, static_cast<int64_t>(i),
                                evidence[i].SerializeAsString()})
            .status());
  }
  JH_RETURN_IF_ERROR(
      connection
          .Execute(kAddReport, {alliance_id, api::LastId(project), id, report.SerializeAsString()})
          .status());
  JH_RETURN_IF_ERROR(
      journal_.Append(connection, call, {.resource = report.name(), .after = &report}));
  return report;
}

absl::StatusOr<std::vector<v1::ProgressReport>> ProgressStore::Reports(db::Connection& connection,
                                                                       const std::string& project,
                                                                       const std::string& before_id,
                                                                       int limit) const {
  std::vector<v1::ProgressReport> reports;
  JH_RETURN_IF_ERROR(connection
                         .Select(kReports,
                                 {api::AllianceId(project), api::LastId(project), before_id, limit},
                                 AddTo(reports))
                         .status());
  return reports;
}

absl::StatusOr<v1::Evidence> ProgressStore::File(db::Connection& connection,
                                                 const std::string& report, int place) const {
  v1::Evidence evidence;
  JH_ASSIGN_OR_RETURN(const int64_t found,
                      connection.Select(kFile,
                                        {api::AllianceId(report), api::LastId(ProjectOf(report)),
                                         api::LastId(report), place},
                                        [&](const db::Row& row) { row.Parse(0, evidence); }));
  if (found == 0) return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", report}});
  return evidence;
}

absl::StatusOr<v1::SupervisionNotice> ProgressStore::Issue(db::Connection& connection,
                                                           const api::Call& call,
                                                           const std::string& project,
                                                           v1::SupervisionNotice notice) const {
  const std::string id = ids_.NewId();
  notice.set_name(project + "/supervisionNotices/" + id);
  JH_RETURN_IF_ERROR(connection
                         .Execute(kIssue, {api::AllianceId(project), api::LastId(project), id,
                                           notice.SerializeAsString()})
                         .status());
  JH_RETURN_IF_ERROR(
      journal_.Append(connection, call, {.resource = notice.name(), .after = &notice}));
  return notice;
}

absl::StatusOr<v1::SupervisionNotice> ProgressStore::GetNotice(db::Connection& connection,
                                                               const std::string& name) const {
  v1::SupervisionNotice notice;
  JH_ASSIGN_OR_RETURN(
      const int64_t found,
      connection.Select(kGetNotice,
                        {api::AllianceId(name), api::LastId(ProjectOf(name)), api::LastId(name)},
                        [&](const db::Row& row) { row.Parse(0, notice); }));
  if (found == 0) return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", name}});
  return notice;
}

absl::Status ProgressStore::Answer(db::Connection& connection, const api::Call& call,
                                   const v1::SupervisionNotice& before,
                                   const v1::SupervisionNotice& after) const {
  const std::string& name = after.name();
  JH_RETURN_IF_ERROR(connection
                         .Execute(kAnswer, {after.SerializeAsString(), api::AllianceId(name),
                                            api::LastId(ProjectOf(name)), api::LastId(name)})
                         .status());
  return journal_.Append(connection, call, {.resource = name, .before = &before, .after = &after});
}

absl::StatusOr<std::vector<v1::SupervisionNotice>> ProgressStore::Notices(
    db::Connection& connection, const std::string& alliance, bool unanswered,
    const std::string& before_id, int limit) const {
  std::vector<v1::SupervisionNotice> notices;
  JH_RETURN_IF_ERROR(connection
                         .Select(unanswered ? kUnanswered : kNotices,
                                 {api::LastId(alliance), before_id, limit}, AddTo(notices))
                         .status());
  return notices;
}

absl::StatusOr<std::vector<v1::SupervisionNotice>> ProgressStore::NoticesOf(
    db::Connection& connection, const std::string& project, bool unanswered,
    const std::string& before_id, int limit) const {
  std::vector<v1::SupervisionNotice> notices;
  JH_RETURN_IF_ERROR(connection
                         .Select(kNoticesOf,
                                 {api::AllianceId(project), api::LastId(project), before_id,
                                  int{unanswered}, limit},
                                 AddTo(notices))
                         .status());
  return notices;
}

}  // namespace jinhuan::meeting
