#include "tests/bench/rotation/alliance.h"

#include <algorithm>
#include <random>

namespace jinhuan::bench {

using alliance::rotation::kFullTerm;
using alliance::rotation::Plan;
using alliance::rotation::Problem;
using alliance::rotation::Unit;

Problem MakeAlliance(const Likeness& likeness, uint64_t seed) {
  std::mt19937_64 random(seed);
  const auto below = [&](int limit) { return static_cast<int>(random() % limit); };
  Problem problem;
  problem.terms = likeness.terms;
  problem.spread_window = likeness.window;
  problem.frozen.resize(likeness.terms);
  problem.published.resize(likeness.terms);
  problem.sectors_before = {below(10), below(10)};
  for (int i = 0; i < likeness.units; ++i) {
    Unit unit;
    unit.member = "members/m" + std::to_string(1000 + i);
    unit.sector = below(100) < likeness.largest_sector ? 0 : 1 + below(9);
    unit.credit = kFullTerm * below(likeness.credits) / 4;
    unit.waiting_since = below(4) * 180;
    unit.lottery = random();
    for (int t = 0; t < likeness.terms; ++t) {
      unit.can_serve.push_back(below(100) >= likeness.unavailable);
      unit.prefers_not.push_back(below(100) < likeness.unwanted);
    }
    problem.units.push_back(std::move(unit));
  }
  return problem;
}

Problem Republish(const Problem& problem, const Plan& plan, int withdrawn, int unavailable) {
  Problem next = problem;
  const int step = problem.terms / (withdrawn + unavailable + 1);
  for (int t = 0; t < problem.terms; ++t) next.published[t] = plan.places[t].member;
  for (int i = 0; i < withdrawn + unavailable; ++i) {
    const int term = (i + 1) * step;
    const auto unit = std::find_if(next.units.begin(), next.units.end(),
                                   [&](const Unit& u) { return u.member == next.published[term]; });
    if (unit == next.units.end()) continue;
    if (i < withdrawn) {
      next.units.erase(unit);
    } else {
      unit->can_serve[term] = false;
    }
  }
  return next;
}

}  // namespace jinhuan::bench
