#include "alliance-svc/rpc/upkeep.h"

#include "absl/time/clock.h"
#include "alliance-svc/domain/default_charter.h"
#include "alliance-svc/storage/names.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

constexpr int kBatch = 100;

api::Call UpkeepCall(IdSource& ids, const Clock& clock) {
  api::Call call;
  call.method = "alliance-svc/upkeep";
  call.request = ids.NewId();
  call.caller.set_name("services/alliance-svc");
  call.now = clock.Now();
  call.deadline = absl::Now() + absl::Seconds(30);
  return call;
}

absl::Status WriteFirstCharter(db::Connection& connection, const Stores& stores,
                               const api::Call& call, const std::string& alliance) {
  JH_ASSIGN_OR_RETURN(const v1::Alliance owner, stores.alliances.Get(connection, alliance));
  const absl::Status written =
      stores.charters.Insert(connection, call, FirstCharter(owner), absl::UnixEpoch()).status();
  // Another process that starts was faster.
  return absl::IsAborted(written) ? absl::OkStatus() : written;
}

}  // namespace

absl::Status WriteFirstCharters(db::Pool& pool, const Stores& stores, IdSource& ids,
                                const Clock& clock) {
  for (;;) {
    const api::Call call = UpkeepCall(ids, clock);
    std::vector<std::string> without;
    JH_RETURN_IF_ERROR(
        db::InTransaction(pool, call.deadline, [&](db::Connection& connection) -> absl::Status {
          JH_ASSIGN_OR_RETURN(without, stores.charters.AlliancesWithout(connection, kBatch));
          for (const std::string& id : without) {
            JH_RETURN_IF_ERROR(WriteFirstCharter(connection, stores, call, AllianceName(id)));
          }
          return absl::OkStatus();
        }));
    if (without.size() < kBatch) return absl::OkStatus();
  }
}

absl::Status ResortMembers(db::Pool& pool, const Stores& stores) {
  for (;;) {
    int64_t resorted = 0;
    JH_RETURN_IF_ERROR(db::InTransaction(
        pool, absl::Now() + absl::Seconds(30), [&](db::Connection& connection) -> absl::Status {
          JH_ASSIGN_OR_RETURN(resorted, stores.directory.Resort(connection, kBatch));
          return absl::OkStatus();
        }));
    if (resorted < kBatch) return absl::OkStatus();
  }
}

}  // namespace jinhuan::alliance
