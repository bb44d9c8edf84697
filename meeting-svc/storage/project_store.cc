#include "meeting-svc/storage/project_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "meeting-svc/domain/project_rules.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "platform/text/utf8.h"

namespace jinhuan::meeting {
namespace {

constexpr absl::CivilDay kEpoch(1970, 1, 1);
constexpr int64_t kLastDay = 1'000'000;
constexpr int kAgenda = 50;

const db::Query kInsert(
    "INSERT INTO project (alliance_id, id, version, state, lead_id, due_day, next_step, "
    "milestone_step, milestone_day, body) VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?)",
    "");
const db::Query kGet("SELECT version, body FROM project WHERE alliance_id = ? AND id = ?",
                     "PRIMARY");
const db::Query kUpdate(
    "UPDATE project SET version = version + 1, state = ?, lead_id = ?, due_day = ?, "
    "next_step = ?, milestone_step = ?, milestone_day = ?, body = ? "
    "WHERE alliance_id = ? AND id = ? AND version = ?",
    "PRIMARY");
const db::Query kReschedule(
    "UPDATE project SET next_step = ?, milestone_step = ?, milestone_day = ? "
    "WHERE alliance_id = ? AND id = ? AND version = ?",
    "PRIMARY");
const db::Query kPostpone(
    "UPDATE project SET next_step = IF(next_step <= ?, ?, next_step), "
    "milestone_step = IF(milestone_step <= ?, ?, milestone_step) "
    "WHERE alliance_id = ? AND id = ?",
    "PRIMARY");
// The page is cut by a range on the day alone, which the index serves, and trimmed by id.
#define BEHIND_POSITION \
  "due_day >= ? AND due_day < ? AND (due_day > ? OR id > ?) ORDER BY due_day, id LIMIT ?"
const db::Query kList(
    "SELECT version, body FROM project FORCE INDEX (project_by_due) "
    "WHERE alliance_id = ? AND " BEHIND_POSITION,
    "project_by_due");
const db::Query kListState(
    "SELECT version, body FROM project FORCE INDEX (project_by_state) "
    "WHERE alliance_id = ? AND state = ? AND " BEHIND_POSITION,
    "project_by_state");
const db::Query kListLead(
    "SELECT version, body FROM project FORCE INDEX (project_by_lead) "
    "WHERE alliance_id = ? AND lead_id = ? AND (state = ? OR ? = 0) AND " BEHIND_POSITION,
    "project_by_lead");
// Few have a milestone that is late: they are found by its day and put in order.
const db::Query kListMilestones(
    "SELECT version, body FROM project FORCE INDEX (project_by_milestone_day) "
    "WHERE alliance_id = ? AND milestone_day < ? AND (lead_id = ? OR ? = '') "
    "AND (state = ? OR ? = 0) AND " BEHIND_POSITION,
    "project_by_milestone_day");
const db::Query kDue(
    "SELECT alliance_id, id FROM project FORCE INDEX (project_by_step) "
    "WHERE next_step <= ? ORDER BY next_step LIMIT ?",
    "project_by_step");
const db::Query kDueMilestones(
    "SELECT alliance_id, id FROM project FORCE INDEX (project_by_milestone_step) "
    "WHERE milestone_step <= ? ORDER BY milestone_step LIMIT ?",
    "project_by_milestone_step");

v1::Project FromRow(const db::Row& row) {
  v1::Project project;
  row.Parse(1, project);
  SetProgress(project);
  project.set_etag(fmt::to_string(row.Int(0)));
  return project;
}

// As it is kept: what follows from the rest, or is decided by the clock, is not.
std::string BodyOf(v1::Project project) {
  project.clear_progress_percent();
  project.clear_overdue();
  project.clear_overdue_milestone_count();
  for (v1::Milestone& one : *project.mutable_milestones()) one.clear_overdue();
  return project.SerializeAsString();
}

}  // namespace

absl::StatusOr<ProjectStore::Steps> ProjectStore::StepsOf(db::Connection& connection,
                                                          const v1::Project& project) const {
  const std::string alliance = api::AllianceOf(project.name());
  JH_ASSIGN_OR_RETURN(const alliance::WorkingCalendar days, alliances_.Days(connection, alliance));
  JH_ASSIGN_OR_RETURN(const absl::TimeZone zone, alliances_.Zone(connection, alliance));
  const std::optional<absl::CivilDay> day = MilestoneDay(project);
  return Steps{
      .project = NextStep(project, days, zone),
      .milestone = NextMilestoneStep(project, days, zone),
      .milestone_day = day.has_value() ? db::Value(*day - kEpoch) : db::Value(std::nullopt)};
}

absl::Status ProjectStore::CheckUnits(db::Connection& connection, const v1::Project& before,
                                      v1::Project& project) const {
  JH_ASSIGN_OR_RETURN(const auto lead,
                      project.lead_member() == before.lead_member()
                          ? alliances_.Member(connection, project.lead_member())
                          : alliances_.ActiveMember(connection, project.lead_member()));
  project.set_lead_member_display_name(lead.display_name());
  if (!project.proposer_member().empty()) {
    JH_RETURN_IF_ERROR(alliances_.Member(connection, project.proposer_member()).status());
  }
  const auto& known = before.supporting_members();
  for (const std::string& member : project.supporting_members()) {
    if (std::find(known.begin(), known.end(), member) != known.end()) continue;
    JH_RETURN_IF_ERROR(alliances_.ActiveMember(connection, member).status());
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::Project> ProjectStore::Create(db::Connection& connection, const api::Call& call,
                                                 v1::Project project) const {
  JH_RETURN_IF_ERROR(CheckUnits(connection, {}, project));
  const std::string id = ids_.NewId();
  project.set_name(call.alliance + "/projects/" + id);
  project.set_state(v1::Project::STATE_RUNNING);
  *project.mutable_create_time() = api::ToProto(call.now);
  project.set_etag("1");
  SettleMilestones({}, project);
  SetProgress(project);
  JH_ASSIGN_OR_RETURN(const Steps steps, StepsOf(connection, project));
  JH_RETURN_IF_ERROR(
      connection
          .Execute(kInsert, {api::LastId(call.alliance), id, int{project.state()},
                             api::LastId(project.lead_member()), DayOf(project.due_date()) - kEpoch,
                             steps.project, steps.milestone, steps.milestone_day, BodyOf(project)})
          .status());
  JH_RETURN_IF_ERROR(
      journal_.Append(connection, call, {.resource = project.name(), .after = &project}));
  return project;
}

absl::StatusOr<v1::Project> ProjectStore::CreateFromResolution(db::Connection& connection,
                                                               const api::Call& call,
                                                               const v1::Resolution& resolution,
                                                               const std::string& proposer) const {
  v1::Project project;
  project.set_proposer_member(proposer);
  project.set_title(resolution.title());
  project.set_goal(Utf8Prefix(resolution.text(), kGoalCharacters));
  project.set_resolution(resolution.name());
  project.set_lead_member(resolution.lead_member());
  *project.mutable_supporting_members() = resolution.supporting_members();
  project.set_responsible_person(resolution.responsible_person());
  *project.mutable_due_date() = resolution.due_date();
  project.set_standard(resolution.standard());
  return Create(connection, call, std::move(project));
}

absl::StatusOr<v1::Project> ProjectStore::Get(db::Connection& connection, const std::string& name,
                                              absl::Time now) const {
  v1::Project project;
  JH_ASSIGN_OR_RETURN(const int64_t found,
                      connection.Select(kGet, {api::AllianceId(name), api::LastId(name)},
                                        [&](const db::Row& row) { project = FromRow(row); }));
  if (found == 0) return Error(error::v1::COMMON_REASON_RESOURCE_NOT_FOUND, {{"name", name}});
  JH_ASSIGN_OR_RETURN(const absl::TimeZone zone,
                      alliances_.Zone(connection, api::AllianceOf(name)));
  SetOverdue(absl::ToCivilDay(now, zone), project);
  return project;
}

absl::StatusOr<v1::Project> ProjectStore::Update(db::Connection& connection, const api::Call& call,
                                                 const v1::Project& before,
                                                 v1::Project after) const {
  const int64_t version = std::stoll(before.etag());
  after.set_etag(fmt::to_string(version + 1));
  JH_ASSIGN_OR_RETURN(const Steps steps, StepsOf(connection, after));
  JH_ASSIGN_OR_RETURN(const absl::TimeZone zone,
                      alliances_.Zone(connection, api::AllianceOf(after.name())));
  SetProgress(after);
  SetOverdue(absl::ToCivilDay(call.now, zone), after);
  JH_RETURN_IF_ERROR(connection.ExecuteExactly(
      1, kUpdate,
      {int{after.state()}, api::LastId(after.lead_member()), DayOf(after.due_date()) - kEpoch,
       steps.project, steps.milestone, steps.milestone_day, BodyOf(after),
       api::AllianceId(after.name()), api::LastId(after.name()), version}));
  JH_RETURN_IF_ERROR(journal_.Append(
      connection, call, {.resource = after.name(), .before = &before, .after = &after}));
  return after;
}

absl::StatusOr<std::vector<v1::Project>> ProjectStore::List(db::Connection& connection,
                                                            const std::string& alliance,
                                                            const Filter& filter,
                                                            const Position& after, int limit,
                                                            absl::Time now) const {
  JH_ASSIGN_OR_RETURN(const absl::TimeZone zone, alliances_.Zone(connection, alliance));
  const absl::CivilDay today = absl::ToCivilDay(now, zone);
  const int64_t until = filter.overdue ? today - kEpoch : kLastDay;
  const auto state = filter.overdue ? v1::Project::STATE_RUNNING : filter.state;
  const std::string alliance_id = api::LastId(alliance);
  std::vector<v1::Project> projects;
  // Overdue and in another state: none is.
  if (filter.overdue && filter.state != v1::Project::STATE_UNSPECIFIED && filter.state != state) {
    return projects;
  }
  const auto add = [&](const db::Row& row) {
    projects.push_back(FromRow(row));
    SetOverdue(today, projects.back());
  };
  const int64_t day = after.due_day;
  JH_RETURN_IF_ERROR(
      (filter.overdue_milestones
           ? connection.Select(kListMilestones,
                               {alliance_id, today - kEpoch, filter.lead_id, filter.lead_id,
                                int{state}, int{state}, day, until, day, after.id, limit},
                               add)
       : !filter.lead_id.empty() ? connection.Select(kListLead,
                                                     {alliance_id, filter.lead_id, int{state},
                                                      int{state}, day, until, day, after.id, limit},
                                                     add)
       : state != v1::Project::STATE_UNSPECIFIED
           ? connection.Select(kListState,
                               {alliance_id, int{state}, day, until, day, after.id, limit}, add)
           : connection.Select(kList, {alliance_id, day, until, day, after.id, limit}, add))
          .status());
  return projects;
}

absl::StatusOr<std::vector<v1::Project>> ProjectStore::Overdue(db::Connection& connection,
                                                               const std::string& alliance,
                                                               absl::Time now) const {
  return List(connection, alliance,
              {.state = v1::Project::STATE_RUNNING,
               .lead_id = "",
               .overdue = true,
               .overdue_milestones = false},
              {}, kAgenda, now);
}

absl::StatusOr<std::vector<std::string>> ProjectStore::Due(db::Connection& connection,
                                                           absl::Time now, int limit) const {
  std::set<std::string> names;
  for (const db::Query* query : {&kDue, &kDueMilestones}) {
    JH_RETURN_IF_ERROR(connection
                           .Select(*query, {now, limit},
                                   [&](const db::Row& row) {
                                     names.insert(fmt::format("alliances/{}/projects/{}",
                                                              row.Text(0), row.Text(1)));
                                   })
                           .status());
  }
  return std::vector<std::string>(names.begin(), names.end());
}

absl::Status ProjectStore::Reschedule(db::Connection& connection,
                                      const v1::Project& project) const {
  JH_ASSIGN_OR_RETURN(const Steps steps, StepsOf(connection, project));
  const int64_t version = std::stoll(project.etag());
  return connection
      .Execute(kReschedule, {steps.project, steps.milestone, steps.milestone_day,
                             api::AllianceId(project.name()), api::LastId(project.name()), version})
      .status();
}

absl::Status ProjectStore::Postpone(db::Connection& connection, const std::string& name,
                                    absl::Time now, absl::Time then) const {
  return connection
      .Execute(kPostpone, {now, then, now, then, api::AllianceId(name), api::LastId(name)})
      .status();
}

}  // namespace jinhuan::meeting
