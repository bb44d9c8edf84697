#pragma once

#include <initializer_list>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "meeting-svc/domain/evaluation.h"
#include "platform/db/connection.h"

namespace jinhuan::meeting {

// Reads what an evaluation counts. Thread-safe. Each kind of thing is one range of an index, and
// no more than `most` of it are read.
class EvaluationStore {
 public:
  explicit EvaluationStore(int most = 50'000) : most_(most) {}

  // Counts into `evaluation` whatever belongs to the question's period. FAILED_PRECONDITION /
  // EVALUATION_TOO_LARGE where there is more of a kind: a part would give wrong rates.
  absl::Status CountAll(db::Connection& connection, const EvaluationQuestion& question,
                        const Moment& moment, Evaluation& evaluation) const;

 private:
  // Calls `each` for what a query with these values finds; they end with the limit, most_ + 1.
  absl::Status Each(db::Connection& connection, const db::Query& query,
                    std::initializer_list<db::Value> values,
                    absl::FunctionRef<void(const db::Row&)> each) const;

  const int most_;
};

}  // namespace jinhuan::meeting
