#include "meeting-svc/rpc/request_keeper.h"

#include "absl/time/clock.h"
#include "meeting-svc/domain/request_steps.h"
#include "platform/api/own_call.h"
#include "platform/api/resource_name.h"
#include "platform/keeping.h"
#include "platform/status/status_macros.h"

namespace jinhuan::meeting {
namespace {

constexpr absl::Duration kPause = absl::Seconds(30);
constexpr absl::Duration kPatience = absl::Seconds(30);
// When what can't be kept now is looked at again.
constexpr absl::Duration kLater = absl::Minutes(1);
constexpr int kTogether = 50;

// Does to a request what is due; whether anything was.
absl::StatusOr<bool> KeepOne(const RequestKeeper::Deps& deps, const std::string& name,
                             absl::Time now) {
  api::Call call = api::OwnCall("services/meeting-svc", "jinhuan.meeting.v1.RequestKeeper/Keep",
                                deps.ids, now, absl::Now() + kPatience);
  call.alliance = api::AllianceOf(name);
  bool kept = false;
  JH_RETURN_IF_ERROR(
      db::InTransaction(deps.pool, call.deadline, [&](db::Connection& c) -> absl::Status {
        JH_ASSIGN_OR_RETURN(const auto due, deps.requests.GetDue(c, name, now));
        kept = due.archive || due.overdue;
        if (!kept) return deps.requests.Reschedule(c, due.stored);
        const v1::Request& request = due.stored.request;
        return deps.requests.Put(c, call, due.stored,
                                 due.archive ? Archived(request, now) : MarkedOverdue(request, now),
                                 std::nullopt);
      }));
  return kept;
}

}  // namespace

RequestKeeper::RequestKeeper(const Deps& deps)
    : repeater_("requests", kPause, deps.clock,
                [deps](absl::Time now) { return Keep(deps, now); }) {}

absl::StatusOr<int> RequestKeeper::Keep(const Deps& deps, absl::Time now) {
  using Names = std::vector<std::string>;
  return KeepEach(
      "request",
      [&] {
        return db::Read<Names>(deps.pool, absl::Now() + kPatience, [&](db::Connection& c) {
          return deps.requests.Due(c, now, kTogether);
        });
      },
      [&](const std::string& name) { return KeepOne(deps, name, now); },
      [&](const std::string& name) {
        return db::InTransaction(deps.pool, absl::Now() + kPatience, [&](db::Connection& c) {
          return deps.requests.Postpone(c, name, now, now + kLater);
        });
      });
}

}  // namespace jinhuan::meeting
