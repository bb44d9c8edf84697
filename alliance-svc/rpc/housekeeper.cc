#include "alliance-svc/rpc/housekeeper.h"

#include "absl/time/clock.h"
#include "platform/log.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

constexpr absl::Duration kPause = absl::Hours(1);
// Small enough that a delete keeps nobody waiting.
constexpr int kBatch = 1000;

}  // namespace

Housekeeper::Housekeeper(db::Pool& pool, const Stores& stores, const Clock& clock)
    : pool_(pool), stores_(stores), clock_(clock), thread_([this] { RunUntilStopped(); }) {}

Housekeeper::~Housekeeper() {
  {
    absl::MutexLock lock(&mutex_);
    stop_ = true;
  }
  thread_.join();
}

absl::Status Housekeeper::Tidy(db::Pool& pool, const Stores& stores, absl::Time now) {
  for (bool more = true; more;) {
    JH_RETURN_IF_ERROR(db::InTransaction(
        pool, absl::Now() + absl::Seconds(30), [&](db::Connection& connection) -> absl::Status {
          JH_ASSIGN_OR_RETURN(const int64_t credentials,
                              stores.credentials.DeleteExpired(connection, now, kBatch));
          JH_ASSIGN_OR_RETURN(const int64_t failures,
                              stores.sign_in_failures.DeleteOld(connection, now, kBatch));
          JH_ASSIGN_OR_RETURN(const int64_t tickets,
                              stores.sign_on.DeleteSpent(connection, now, kBatch));
          more = credentials == kBatch || failures == kBatch || tickets == kBatch;
          return absl::OkStatus();
        }));
  }
  return absl::OkStatus();
}

void Housekeeper::RunUntilStopped() {
  for (;;) {
    const absl::Status status = Tidy(pool_, stores_, clock_.Now());
    if (!status.ok()) log::Warning("housekeeping failed", {{"status", status.ToString()}});
    absl::MutexLock lock(&mutex_);
    if (mutex_.AwaitWithTimeout(absl::Condition(&stop_), kPause)) return;
  }
}

}  // namespace jinhuan::alliance
