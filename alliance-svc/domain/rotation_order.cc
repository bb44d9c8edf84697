#include "alliance-svc/domain/rotation_order.h"

#include <algorithm>

namespace jinhuan::alliance::rotation {
namespace {

// Settles one term after the other, always keeping a complete best plan.
class Settler {
 public:
  Settler(const Ground& ground, const std::vector<Cycle>& cycles, Draft best, Search& search)
      : ground_(ground),
        cycles_(cycles),
        plan_(std::move(best)),
        search_(search),
        only_(ground.terms(), -1),
        served_(ground.pool().units(), -1) {}

  std::optional<Draft> Settle() {
    for (int t = 0; t < ground_.terms(); ++t) {
      if (ground_.block(t) >= 0 && !SettleTerm(t)) return {};
      if (plan_.chair(t) >= 0) served_[plan_.chair(t)] = t;
    }
    return plan_;
  }

 private:
  // False when the effort is spent.
  bool SettleTerm(int term) {
    std::vector<int> refused;
    for (const int unit : Ahead(term)) {
      const bool alike = std::any_of(refused.begin(), refused.end(),
                                     [&](int other) { return Interchangeable(term, unit, other); });
      if (alike) continue;
      if (TryUnit(term, unit)) break;
      if (search_.spent()) return false;
      refused.push_back(unit);
    }
    only_[term] = plan_.chair(term);
    return true;
  }

  // Those who stand before the term's present chair, first things first.
  std::vector<int> Ahead(int term) const {
    const int b = ground_.block(term);
    const auto standing = [&](int unit) {
      return StandingOf(ground_.pool(), unit, cycles_[b].credit[unit], served_[unit]);
    };
    std::vector<int> ahead;
    for (const int unit : ground_.blocks()[b].units) {
      const bool gone = served_[unit] >= cycles_[b].begin;
      if (!gone && ground_.Tight(term, unit) && standing(unit) < standing(plan_.chair(term))) {
        ahead.push_back(unit);
      }
    }
    std::sort(ahead.begin(), ahead.end(),
              [&](int one, int other) { return standing(one) < standing(other); });
    return ahead;
  }

  // Whether the two could change places in any plan from `term` on.
  bool Interchangeable(int term, int one, int other) const {
    const Pool& pool = ground_.pool();
    if (pool.sector(one) != pool.sector(other)) return false;
    if (ground_.Must(term, one) != ground_.Must(term, other)) return false;
    const Block& block = ground_.blocks()[ground_.block(term)];
    return std::all_of(block.terms.begin() + ground_.row(term), block.terms.end(), [&](int t) {
      const bool tight = ground_.Tight(t, one);
      return tight == ground_.Tight(t, other) &&
             (!tight || pool.PrefersNot(one, t) == pool.PrefersNot(other, t));
    });
  }

  // Makes the plan one of the same cost that gives the term to the unit, if there is one.
  bool TryUnit(int term, int unit) {
    const Target target{plan_.cost().first, plan_.cost().second};
    Draft changed = plan_;
    if (changed.Exchange(term, unit, only_)) {
      std::vector<int> only = only_;
      only[term] = unit;
      if (!target.MetBy(changed.cost())) changed.Improve(only);
      if (target.MetBy(changed.cost())) {
        plan_ = std::move(changed);
        return true;
      }
    }
    std::vector<int> only = only_;
    only[term] = unit;
    auto found = search_.Find(target, only);
    if (!found.has_value()) return false;
    plan_ = *std::move(found);
    return true;
  }

  const Ground& ground_;
  const std::vector<Cycle>& cycles_;
  Draft plan_;
  Search& search_;
  std::vector<int> only_;    // by term: whom it is settled for
  std::vector<int> served_;  // by unit: its last settled term, or -1
};

}  // namespace

std::optional<Draft> FirstInOrder(const Ground& ground, const std::vector<Cycle>& cycles,
                                  Draft best, Search& search) {
  return Settler(ground, cycles, std::move(best), search).Settle();
}

}  // namespace jinhuan::alliance::rotation
