#include "meeting-svc/rpc/supervision.h"

#include "alliance-svc/facts/date.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/status/state_wrong.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {

absl::StatusOr<v1::SupervisionNotice> Supervision::Issue(db::Connection& connection,
                                                         const api::Call& call,
                                                         const v1::Project& project,
                                                         const std::string& demand,
                                                         bool automatic) const {
  JH_RETURN_IF_ERROR(
      CheckState(project, {v1::Project::STATE_RUNNING, v1::Project::STATE_SUBMITTED}));
  const std::string alliance = api::AllianceOf(project.name());
  JH_ASSIGN_OR_RETURN(const auto charter, alliances_.CharterAt(connection, alliance, call.now));
  JH_ASSIGN_OR_RETURN(const auto days, alliances_.Days(connection, alliance));
  JH_ASSIGN_OR_RETURN(const absl::TimeZone zone, alliances_.Zone(connection, alliance));
  v1::Project after = project;
  after.set_supervision_count(project.supervision_count() + 1);
  if (automatic) *after.mutable_supervise_time() = api::ToProto(call.now);
  JH_RETURN_IF_ERROR(projects_.Update(connection, call, project, after).status());
  v1::SupervisionNotice notice;
  notice.set_demand(demand);
  notice.set_automatic(automatic);
  notice.set_lead_member(project.lead_member());
  *notice.mutable_issue_time() = api::ToProto(call.now);
  *notice.mutable_answer_due_date() = alliance::ToDate(
      days.Add(absl::ToCivilDay(call.now, zone), charter.clocks().supervision_answer_days()));
  notice.set_charter_version(charter.version());
  return progress_.Issue(connection, call, project.name(), std::move(notice));
}

}  // namespace jinhuan::meeting
