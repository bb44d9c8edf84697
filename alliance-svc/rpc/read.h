#pragma once

#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "platform/api/call.h"
#include "platform/db/pool.h"

namespace jinhuan::alliance {

// db::Read within the call's deadline, for a body that returns what it read.
template <class T>
absl::StatusOr<T> Read(db::Pool& pool, const api::Call& call,
                       absl::FunctionRef<absl::StatusOr<T>(db::Connection&)> body) {
  T value;
  const absl::Status status =
      db::Read(pool, call.deadline, [&](db::Connection& connection) -> absl::Status {
        absl::StatusOr<T> result = body(connection);
        if (result.ok()) value = *std::move(result);
        return result.status();
      });
  if (!status.ok()) return status;
  return value;
}

}  // namespace jinhuan::alliance
