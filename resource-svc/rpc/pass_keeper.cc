#include "resource-svc/rpc/pass_keeper.h"

#include "absl/time/clock.h"
#include "platform/api/own_call.h"
#include "platform/api/resource_name.h"
#include "platform/keeping.h"
#include "platform/status/status_macros.h"

namespace jinhuan::resource {
namespace {

constexpr absl::Duration kPause = absl::Seconds(30);
constexpr absl::Duration kPatience = absl::Seconds(30);
// When what can't be told now is looked at again.
constexpr absl::Duration kLater = absl::Minutes(1);
constexpr int kTogether = 50;

absl::StatusOr<bool> TellOne(const PassKeeper::Deps& deps, const std::string& name,
                             absl::Time now) {
  api::Call call = api::OwnCall("services/resource-svc", "jinhuan.resource.v1.PassKeeper/Keep",
                                deps.ids, now, absl::Now() + kPatience);
  call.alliance = api::AllianceOf(name);
  bool told = false;
  JH_RETURN_IF_ERROR(
      db::InTransaction(deps.pool, call.deadline, [&](db::Connection& c) -> absl::Status {
        JH_ASSIGN_OR_RETURN(told, deps.passes.TellEnd(c, call, name));
        return absl::OkStatus();
      }));
  return told;
}

}  // namespace

PassKeeper::PassKeeper(const Deps& deps)
    : repeater_("passes", kPause, deps.clock, [deps](absl::Time now) { return Keep(deps, now); }) {}

absl::StatusOr<int> PassKeeper::Keep(const Deps& deps, absl::Time now) {
  using Names = std::vector<std::string>;
  return KeepEach(
      "pass",
      [&] {
        return db::Read<Names>(deps.pool, absl::Now() + kPatience, [&](db::Connection& c) {
          return deps.passes.ToTell(c, now, kTogether);
        });
      },
      [&](const std::string& name) { return TellOne(deps, name, now); },
      [&](const std::string& name) {
        return db::InTransaction(deps.pool, absl::Now() + kPatience, [&](db::Connection& c) {
          return deps.passes.TellLater(c, name, now + kLater);
        });
      });
}

}  // namespace jinhuan::resource
