#include "alliance-svc/domain/rotation_cycles.h"

#include <algorithm>

namespace jinhuan::alliance::rotation {
namespace {

// A matching between units and terms that grows along augmenting paths.
class Matching {
 public:
  explicit Matching(const Pool& pool)
      : pool_(pool), term_of_(pool.units(), -1), unit_of_(pool.terms(), -1) {}

  // Finds the term a unit, moving others; `usable` says which units are in the game.
  bool CoverTerm(int term, const std::vector<bool>& usable) {
    seen_.assign(pool_.units(), false);
    return TermFinds(term, usable);
  }
  // Finds the unit one of the terms, moving others; all of them stay covered.
  bool CoverUnit(int unit, const std::vector<int>& terms) {
    seen_.assign(pool_.terms(), false);
    return UnitFinds(unit, terms);
  }
  // Takes the unit out; its term, or -1.
  int Remove(int unit) {
    const int term = term_of_[unit];
    if (term >= 0) unit_of_[term] = term_of_[unit] = -1;
    return term;
  }

 private:
  bool TermFinds(int term, const std::vector<bool>& usable) {
    for (int u = 0; u < pool_.units(); ++u) {
      if (seen_[u] || !usable[u] || !pool_.CanServe(u, term)) continue;
      seen_[u] = true;
      if (term_of_[u] < 0 || TermFinds(term_of_[u], usable)) return Join(u, term);
    }
    return false;
  }
  bool UnitFinds(int unit, const std::vector<int>& terms) {
    for (const int term : terms) {
      if (seen_[term] || !pool_.CanServe(unit, term)) continue;
      seen_[term] = true;
      if (unit_of_[term] < 0 || UnitFinds(unit_of_[term], terms)) return Join(unit, term);
    }
    return false;
  }
  bool Join(int unit, int term) {
    term_of_[unit] = term;
    unit_of_[term] = unit;
    return true;
  }

  const Pool& pool_;
  std::vector<int> term_of_, unit_of_;
  std::vector<bool> seen_;
};

std::vector<bool> WithoutTurn(const Pool& pool, bool first) {
  std::vector<bool> without(pool.units(), true);
  for (int u = 0; first && u < pool.units(); ++u) without[u] = !pool.unit(u).turn_taken;
  return without;
}

// The end of the longest run of terms from `begin` on of which the free ones can go to
// different units of `usable`; a frozen term takes its chair out of it, or ends the run if
// the chair had been out.
int LongestRun(const Pool& pool, int begin, std::vector<bool> usable) {
  Matching matching(pool);
  for (int t = begin; t < pool.terms(); ++t) {
    const int chair = pool.frozen(t);
    int term = t;
    if (chair != Pool::kNobody) {
      if (chair == Pool::kStranger) continue;
      if (!usable[chair]) return t;
      usable[chair] = false;
      term = matching.Remove(chair);
      if (term < 0) continue;
    }
    if (!matching.CoverTerm(term, usable)) return t;
  }
  return pool.terms();
}

Credit LeastCredit(const std::vector<int>& units, const Cycle& cycle) {
  std::vector<Credit> credits;
  for (const int u : units) credits.push_back(cycle.credit[u]);
  std::sort(credits.begin(), credits.end());
  Credit sum = 0, least = 0;
  for (size_t i = 0; i < std::min(credits.size(), cycle.terms.size()); ++i) {
    sum += credits[i];
    least += sum;
  }
  return least;
}

// Who serves in the cycle: of those who could, the first in the order that a matching
// allows. The sets of units that some matching covers are a matroid, so taking greedily
// whoever still fits is best.
void ChooseUnits(const Pool& pool, std::vector<bool> without_turn, Cycle& cycle) {
  for (int t = cycle.begin; t < cycle.end; ++t) {
    if (pool.frozen(t) == Pool::kNobody) cycle.terms.push_back(t);
    if (pool.frozen(t) >= 0) without_turn[pool.frozen(t)] = false;
  }
  std::vector<int> due;
  for (int u = 0; u < pool.units(); ++u) {
    const auto can_serve = [&](int t) { return pool.unit(u).can_serve[t]; };
    if (without_turn[u] && std::any_of(cycle.terms.begin(), cycle.terms.end(), can_serve)) {
      due.push_back(u);
    }
  }
  if (cycle.cut) {
    cycle.units = due;
  } else {
    std::sort(due.begin(), due.end(), [&](int a, int b) {
      return StandingOf(pool, a, cycle.credit[a], -1) < StandingOf(pool, b, cycle.credit[b], -1);
    });
    Matching matching(pool);
    for (const int u : due) {
      (matching.CoverUnit(u, cycle.terms) ? cycle.units : cycle.deferred).push_back(u);
    }
    std::sort(cycle.units.begin(), cycle.units.end());
    std::sort(cycle.deferred.begin(), cycle.deferred.end());
  }
  cycle.least = LeastCredit(cycle.units, cycle);
}

}  // namespace

std::vector<Cycle> MakeCycles(const Pool& pool) {
  std::vector<Cycle> cycles;
  std::vector<Credit> credit;
  for (int u = 0; u < pool.units(); ++u) credit.push_back(pool.unit(u).credit);
  for (int begin = 0; begin < pool.terms(); begin = cycles.back().end) {
    const std::vector<bool> without_turn = WithoutTurn(pool, cycles.empty());
    Cycle cycle;
    cycle.begin = begin;
    cycle.end = LongestRun(pool, begin, without_turn);
    cycle.cut = cycle.end == pool.terms();
    cycle.credit = credit;
    ChooseUnits(pool, without_turn, cycle);
    if (!cycle.cut) {
      for (const int u : cycle.units) credit[u] += kFullTerm;
    }
    for (int t = cycle.begin; t < cycle.end; ++t) {
      if (pool.frozen(t) >= 0) credit[pool.frozen(t)] += kFullTerm;
    }
    cycles.push_back(std::move(cycle));
  }
  return cycles;
}

}  // namespace jinhuan::alliance::rotation
