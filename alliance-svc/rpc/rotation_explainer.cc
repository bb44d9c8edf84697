#include "alliance-svc/rpc/rotation_explainer.h"

#include "absl/cleanup/cleanup.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

constexpr size_t kMostKnown = 500;  // of up to 200 alternatives, each about 100 bytes

}  // namespace

absl::StatusOr<v1::Explanation> RotationExplainer::Explain(const std::string& plan_id,
                                                           const chair::internal::StoredPlan& plan,
                                                           const v1::ChairTerm& term,
                                                           absl::Time deadline) {
  JH_ASSIGN_OR_RETURN(const Alternatives alternatives, Find(plan_id, plan, term.name(), deadline));
  return chair::Explain(plan, term, *alternatives);
}

absl::StatusOr<RotationExplainer::Alternatives> RotationExplainer::Find(
    const std::string& plan_id, const chair::internal::StoredPlan& plan, const std::string& term,
    absl::Time deadline) {
  const std::string key = plan_id + '/' + term;
  {
    absl::MutexLock lock(&mutex_);
    const auto settled = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
      return !busy_ || known_.contains(key);
    };
    if (!mutex_.AwaitWithDeadline(absl::Condition(&settled), deadline)) {
      return Error(error::v1::COMMON_REASON_OVERLOADED);
    }
    if (const auto found = known_.find(key); found != known_.end()) return found->second;
    busy_ = true;
  }
  const auto free = absl::MakeCleanup([this] {
    absl::MutexLock lock(&mutex_);
    busy_ = false;
  });
  JH_ASSIGN_OR_RETURN(std::vector<rotation::Alternative> worked_out,
                      chair::AlternativesTo(plan, term));
  auto alternatives =
      std::make_shared<const std::vector<rotation::Alternative>>(std::move(worked_out));
  absl::MutexLock lock(&mutex_);
  if (known_.size() >= kMostKnown) known_.clear();
  known_[key] = alternatives;
  return Alternatives(std::move(alternatives));
}

}  // namespace jinhuan::alliance
