#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "alliance-svc/domain/rotation_explanation.h"

namespace jinhuan::alliance {

// Explains the terms of plans to many readers. What the alternatives to a term cost depends
// on its plan alone, so it is worked out once and remembered; and as that is the longest
// computation that everybody may ask for, one is under way at a time. Thread-safe.
class RotationExplainer {
 public:
  // `plan_id` names the plan for ever. Errors as AlternativesTo; RESOURCE_EXHAUSTED /
  // OVERLOADED when others' explanations take until `deadline`.
  absl::StatusOr<v1::Explanation> Explain(const std::string& plan_id,
                                          const chair::internal::StoredPlan& plan,
                                          const v1::ChairTerm& term, absl::Time deadline);

 private:
  using Alternatives = std::shared_ptr<const std::vector<rotation::Alternative>>;

  absl::StatusOr<Alternatives> Find(const std::string& plan_id,
                                    const chair::internal::StoredPlan& plan,
                                    const std::string& term, absl::Time deadline);

  absl::Mutex mutex_;
  bool busy_ ABSL_GUARDED_BY(mutex_) = false;
  absl::flat_hash_map<std::string, Alternatives> known_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace jinhuan::alliance
