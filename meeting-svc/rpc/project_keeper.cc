#include "meeting-svc/rpc/project_keeper.h"

#include "absl/time/clock.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/log.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr absl::Duration kPause = absl::Seconds(10);
constexpr absl::Duration kPatience = absl::Seconds(30);
constexpr int kTogether = 50;
constexpr char kDemand[] = "项目已逾期，请说明原因并尽快办结。";

absl::Status Step(const ProjectKeeper::Deps& deps, db::Connection& connection,
                  const api::Call& call, const v1::Project& project) {
  if (project.has_remind_time()) {
    return deps.supervision.Issue(connection, call, project, kDemand, true).status();
  }
  v1::Project reminded = project;
  *reminded.mutable_remind_time() = api::ToProto(call.now);
  return deps.projects.Update(connection, call, project, std::move(reminded)).status();
}

// Makes the next step of a project if it is still due; whether it was.
absl::StatusOr<bool> KeepOne(const ProjectKeeper::Deps& deps, const v1::Project& due,
                             absl::Time now) {
  api::Call call;
  call.method = "jinhuan.meeting.v1.ProjectKeeper/Keep";
  call.request = deps.ids.NewId();
  call.caller.set_name("services/meeting-svc");
  call.alliance = api::AllianceOf(due.name());
  call.now = now;
  call.deadline = absl::Now() + kPatience;
  bool kept = false;
  JH_RETURN_IF_ERROR(
      db::InTransaction(deps.pool, call.deadline, [&](db::Connection& connection) -> absl::Status {
        JH_ASSIGN_OR_RETURN(const v1::Project project,
                            deps.projects.Get(connection, due.name(), now));
        // Somebody changed it meanwhile: what is due then comes with the next look.
        kept = project.etag() == due.etag();
        return kept ? Step(deps, connection, call, project) : absl::OkStatus();
      }));
  return kept;
}

}  // namespace

ProjectKeeper::ProjectKeeper(const Deps& deps)
    : repeater_("projects", kPause, deps.clock,
                [deps](absl::Time now) { return Keep(deps, now); }) {}

absl::StatusOr<int> ProjectKeeper::Keep(const Deps& deps, absl::Time now) {
  int steps = 0;
  for (int made = 1; made > 0;) {
    made = 0;
    JH_ASSIGN_OR_RETURN(const auto due,
                        db::Read<std::vector<v1::Project>>(
                            deps.pool, absl::Now() + kPatience, [&](db::Connection& connection) {
                              return deps.projects.Due(connection, now, kTogether);
                            }));
    for (const v1::Project& project : due) {
      const absl::StatusOr<bool> kept = KeepOne(deps, project, now);
      // One that can't be kept (its charter is not here yet) must not stop the others.
      if (!kept.ok()) {
        log::Warning("project not kept",
                     {{"project", project.name()}, {"status", Describe(kept.status())}});
      }
      made += kept.value_or(false) ? 1 : 0;
    }
    steps += made;
  }
  return steps;
}

}  // namespace jinhuan::meeting
