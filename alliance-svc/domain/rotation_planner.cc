#include "alliance-svc/domain/rotation_planner.h"

#include <string>

#include "alliance-svc/domain/rotation_cycles.h"
#include "alliance-svc/domain/rotation_order.h"
#include "alliance-svc/domain/rotation_search.h"
#include "jinhuan/alliance/v1/error_reason.pb.h"
#include "platform/status/error.h"

namespace jinhuan::alliance::rotation {
namespace {

// The first free term that nobody can take, or -1.
int EmptyTerm(const Pool& pool) {
  for (int t = 0; t < pool.terms(); ++t) {
    bool empty = pool.frozen(t) == Pool::kNobody;
    for (int u = 0; empty && u < pool.units(); ++u) empty = !pool.CanServe(u, t);
    if (empty) return t;
  }
  return -1;
}

// One of the best plans, proven by a search that finds none better; nothing when its
// effort is spent.
std::optional<Draft> Best(const Ground& ground, Search& search) {
  const std::vector<int> any(ground.terms(), -1);
  Draft best(ground);
  best.Improve(any);
  while (auto better = search.Find({best.cost().first - 1, Target::kAny}, any)) best = *better;
  while (auto better = search.Find({best.cost().first, best.cost().second - 1}, any)) {
    best = *better;
  }
  if (search.spent()) return {};
  return best;
}

Plan ToPlan(const Pool& pool, const std::vector<Cycle>& cycles, const Draft& draft) {
  Plan plan;
  std::vector<Credit> credit;
  for (int u = 0; u < pool.units(); ++u) credit.push_back(pool.unit(u).credit);
  plan.cost.spacing_violations = draft.cost().first;
  plan.cost.unmet_preferences = draft.cost().second;
  for (int c = 0; c < static_cast<int>(cycles.size()); ++c) {
    const Cycle& cycle = cycles[c];
    std::vector<std::string>& deferred = plan.deferred.emplace_back();
    for (const int u : cycle.deferred) deferred.push_back(pool.unit(u).member);
    plan.cost.credit_inversions -= cycle.least;
    int weight = static_cast<int>(cycle.terms.size());
    for (int t = cycle.begin; t < cycle.end; ++t) {
      const int u = draft.chair(t);
      Place place{u >= 0 ? pool.unit(u).member : pool.problem().frozen[t], c, 0};
      if (pool.frozen(t) == Pool::kNobody) {
        plan.cost.credit_inversions += cycle.credit[u] * weight--;
      }
      if (u >= 0) {
        place.credit = credit[u];
        credit[u] += kFullTerm;
      }
      const std::string& published = pool.problem().published[t];
      if (!published.empty() && published != place.member) ++plan.cost.published_changes;
      plan.places.push_back(std::move(place));
    }
  }
  return plan;
}

}  // namespace

absl::StatusOr<Plan> MakePlanWith(const Problem& problem, const Forced& forced, int64_t effort) {
  const Pool pool(problem, forced);
  if (const int term = EmptyTerm(pool); term >= 0) {
    return Error(v1::ERROR_REASON_ROTATION_POOL_EMPTY, {{"term", std::to_string(term)}});
  }
  const std::vector<Cycle> cycles = MakeCycles(pool);
  const std::vector<Block> blocks = MakeFace(pool, cycles);
  const Ground ground(pool, blocks);
  Search search(ground, effort);
  auto best = Best(ground, search);
  if (best.has_value()) best = FirstInOrder(ground, cycles, *std::move(best), search);
  if (!best.has_value()) return Error(v1::ERROR_REASON_ROTATION_TOO_HARD);
  return ToPlan(pool, cycles, *best);
}

absl::StatusOr<Plan> MakePlan(const Problem& problem, int64_t effort) {
  return MakePlanWith(problem, {}, effort);
}

}  // namespace jinhuan::alliance::rotation
