#include "meeting-svc/rpc/project_keeper.h"

#include "absl/time/clock.h"
#include "meeting-svc/domain/project_rules.h"
#include "platform/api/own_call.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/keeping.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr absl::Duration kPause = absl::Seconds(10);
constexpr absl::Duration kPatience = absl::Seconds(30);
// When what can't be kept now is looked at again.
constexpr absl::Duration kLater = absl::Minutes(1);
constexpr int kTogether = 50;
constexpr char kDemand[] = "项目已逾期，请说明原因并尽快办结。";

// Makes the steps that are due of a project and its milestones; whether any was.
absl::StatusOr<bool> Step(const ProjectKeeper::Deps& deps, db::Connection& connection,
                          const api::Call& call, const std::string& name) {
  JH_ASSIGN_OR_RETURN(const v1::Project project, deps.projects.Get(connection, name, call.now));
  JH_ASSIGN_OR_RETURN(const auto days, deps.alliances.Days(connection, call.alliance));
  JH_ASSIGN_OR_RETURN(const auto zone, deps.alliances.Zone(connection, call.alliance));
  v1::Project after = project;
  bool stepped = StepMilestones(call.now, days, zone, after);
  const std::optional<absl::Time> next = NextStep(project, days, zone);
  const bool due = next.has_value() && *next <= call.now;
  // What is late already is not reminded of.
  const bool late = due && project.overdue();
  if (due && !late) {
    *after.mutable_remind_time() = api::ToProto(call.now);
    stepped = true;
  }
  if (stepped) {
    JH_ASSIGN_OR_RETURN(after, deps.projects.Update(connection, call, project, std::move(after)));
  }
  if (late) {
    JH_RETURN_IF_ERROR(deps.supervision.Issue(connection, call, after, kDemand, true).status());
    return true;
  }
  // Somebody changed it meanwhile, or the working days.
  if (!stepped) JH_RETURN_IF_ERROR(deps.projects.Reschedule(connection, project));
  return stepped;
}

absl::StatusOr<bool> KeepOne(const ProjectKeeper::Deps& deps, const std::string& name,
                             absl::Time now) {
  api::Call call = api::OwnCall("services/meeting-svc", "jinhuan.meeting.v1.ProjectKeeper/Keep",
                                deps.ids, now, absl::Now() + kPatience);
  call.alliance = api::AllianceOf(name);
  bool kept = false;
  JH_RETURN_IF_ERROR(
      db::InTransaction(deps.pool, call.deadline, [&](db::Connection& connection) -> absl::Status {
        JH_ASSIGN_OR_RETURN(kept, Step(deps, connection, call, name));
        return absl::OkStatus();
      }));
  return kept;
}

}  // namespace

ProjectKeeper::ProjectKeeper(const Deps& deps)
    : repeater_("projects", kPause, deps.clock,
                [deps](absl::Time now) { return Keep(deps, now); }) {}

absl::StatusOr<int> ProjectKeeper::Keep(const Deps& deps, absl::Time now) {
  using Names = std::vector<std::string>;
  return KeepEach(
      "project",
      [&] {
        return db::Read<Names>(deps.pool, absl::Now() + kPatience, [&](db::Connection& c) {
          return deps.projects.Due(c, now, kTogether);
        });
      },
      [&](const std::string& name) { return KeepOne(deps, name, now); },
      [&](const std::string& name) {
        return db::InTransaction(deps.pool, absl::Now() + kPatience, [&](db::Connection& c) {
          return deps.projects.Postpone(c, name, now, now + kLater);
        });
      });
}

}  // namespace jinhuan::meeting
