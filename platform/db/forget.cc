#include "platform/db/forget.h"

#include "absl/time/clock.h"
#include "platform/status/status_macros.h"

namespace jinhuan::db {
namespace {

constexpr int kStep = 1000;
constexpr absl::Duration kPatience = absl::Seconds(30);

}  // namespace

absl::StatusOr<int> ForgetOld(absl::FunctionRef<absl::StatusOr<int64_t>(int limit)> step) {
  for (int64_t forgotten = 0;;) {
    JH_ASSIGN_OR_RETURN(const int64_t some, step(kStep));
    forgotten += some;
    if (some < kStep) return static_cast<int>(forgotten);
  }
}

absl::StatusOr<int> ForgetOld(
    Pool& pool,
    absl::FunctionRef<absl::StatusOr<int64_t>(Connection& connection, int limit)> step) {
  return ForgetOld([&](int limit) -> absl::StatusOr<int64_t> {
    int64_t some = 0;
    JH_RETURN_IF_ERROR(
        InTransaction(pool, absl::Now() + kPatience, [&](Connection& connection) -> absl::Status {
          JH_ASSIGN_OR_RETURN(some, step(connection, limit));
          return absl::OkStatus();
        }));
    return some;
  });
}

}  // namespace jinhuan::db
