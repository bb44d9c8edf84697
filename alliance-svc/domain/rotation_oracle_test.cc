#include "alliance-svc/domain/rotation_oracle_test.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace jinhuan::alliance::rotation {
namespace {

constexpr int kNone = -1;

// Tries all plans. Units are numbers in the order of the problem.
class TryAll {
 public:
  explicit TryAll(const Problem& problem) : problem_(problem) {
    for (const std::string& member : problem.frozen) frozen_.push_back(NumberOf(member));
  }

  std::optional<Plan> Best() {
    if (!FindCycles()) return {};
    chairs_.assign(problem_.terms, kNone);
    TryTerm(0);
    Plan plan = Describe(best_);
    plan.cost = best_cost_;
    for (const Round& round : rounds_) plan.deferred.push_back(round.deferred);
    return plan;
  }

 private:
  struct Round {
    int begin, end;
    bool cut;
    std::vector<int> units;  // who may serve in it
    std::vector<std::string> deferred;
    std::vector<Credit> credit;
  };

  int units() const { return static_cast<int>(problem_.units.size()); }
  bool Free(int t) const { return problem_.frozen[t].empty(); }
  int NumberOf(const std::string& member) const {
    for (int u = 0; u < units(); ++u) {
      if (problem_.units[u].member == member) return u;
    }
    return kNone;
  }

  // Every set of units that can fill the free terms of [t, end) without those in `used`.
  void Fill(int t, int end, std::set<int> used, std::set<int> chosen,
            std::set<std::set<int>>& sets) const {
    while (t < end && !Free(t)) ++t;
    if (t == end) {
      sets.insert(chosen);
      return;
    }
    for (int u = 0; u < units(); ++u) {
      if (used.contains(u) || !problem_.units[u].can_serve[t]) continue;
      std::set<int> with = used, more = chosen;
      with.insert(u);
      more.insert(u);
      Fill(t + 1, end, with, more, sets);
    }
  }
  bool CanFill(int t, int end, std::set<int>& used) const {
    while (t < end && !Free(t)) ++t;
    if (t == end) return true;
    for (int u = 0; u < units(); ++u) {
      if (!problem_.units[u].can_serve[t] || !used.insert(u).second) continue;
      if (CanFill(t + 1, end, used)) return true;
      used.erase(u);
    }
    return false;
  }
  // Those who have had their turn in the run, apart from its free terms.
  std::set<int> Used(bool first, int begin, int end) const {
    std::set<int> used;
    for (int u = 0; u < units(); ++u) {
      if (first && problem_.units[u].turn_taken) used.insert(u);
    }
    for (int t = begin; t < end; ++t) {
      if (frozen_[t] != kNone) used.insert(frozen_[t]);
    }
    return used;
  }

  bool FindCycles() {
    std::vector<Credit> credit;
    for (const Unit& unit : problem_.units) credit.push_back(unit.credit);
    for (int begin = 0; begin < problem_.terms;) {
      const bool first = rounds_.empty();
      int end = begin;
      for (int longer = begin + 1; longer <= problem_.terms; ++longer) {
        if (frozen_[end] != kNone && Used(first, begin, end).contains(frozen_[end])) break;
        std::set<int> used = Used(first, begin, longer);
        if (!CanFill(begin, longer, used)) break;
        end = longer;
      }
      Round round{begin, end, end == problem_.terms, {}, {}, credit};
      if (!first && end == begin) return false;
      ChooseUnits(first, round);
      for (const int u : round.cut ? std::vector<int>{} : round.units) credit[u] += kFullTerm;
      for (int t = begin; t < round.end; ++t) {
        if (frozen_[t] != kNone) credit[frozen_[t]] += kFullTerm;
      }
      begin = round.end;
      rounds_.push_back(round);
    }
    return true;
  }

  void ChooseUnits(bool first, Round& round) const {
    const std::set<int> used = Used(first, round.begin, round.end);
    std::vector<int> due;
    for (int u = 0; u < units(); ++u) {
      bool can = false;
      for (int t = round.begin; t < round.end; ++t) {
        can |= Free(t) && problem_.units[u].can_serve[t];
      }
      if (can && !used.contains(u)) due.push_back(u);
    }
    if (round.cut) {
      round.units = due;
      return;
    }
    std::set<std::set<int>> sets;
    Fill(round.begin, round.end, used, {}, sets);
    const auto order = [&](int u) {
      const Unit& unit = problem_.units[u];
      return std::tuple(round.credit[u], unit.waiting_since, unit.lottery, unit.member);
    };
    std::vector<decltype(order(0))> best;
    for (const std::set<int>& set : sets) {
      std::vector<decltype(order(0))> standings;
      for (const int u : set) standings.push_back(order(u));
      std::sort(standings.begin(), standings.end());
      if (!round.units.empty() && !(standings < best)) continue;
      best = standings;
      round.units.assign(set.begin(), set.end());
    }
    for (const int u : due) {
      if (std::find(round.units.begin(), round.units.end(), u) == round.units.end()) {
        round.deferred.push_back(problem_.units[u].member);
      }
    }
    std::sort(round.deferred.begin(), round.deferred.end());
  }

  const Round& RoundOf(int t) const {
    return *std::find_if(rounds_.begin(), rounds_.end(),
                         [&](const Round& round) { return t < round.end; });
  }

  void TryTerm(int t) {
    if (t == problem_.terms) {
      Compare();
      return;
    }
    if (!Free(t)) {
      chairs_[t] = frozen_[t];
      TryTerm(t + 1);
      return;
    }
    const Round& round = RoundOf(t);
    for (const int u : round.units) {
      bool gone = !problem_.units[u].can_serve[t];
      for (int before = round.begin; before < t; ++before) gone |= chairs_[before] == u;
      if (gone) continue;
      chairs_[t] = u;
      TryTerm(t + 1);
    }
  }

  void Compare() {
    const Cost cost = CostOf(chairs_);
    if (best_.empty() || cost < best_cost_ || (cost == best_cost_ && Before(chairs_, best_))) {
      best_cost_ = cost;
      best_ = chairs_;
    }
  }

  Cost CostOf(const std::vector<int>& chairs) const {
    Cost cost;
    for (int t = 0; t < problem_.terms; ++t) {
      const std::string& member = Free(t) ? problem_.units[chairs[t]].member : problem_.frozen[t];
      if (!problem_.published[t].empty() && problem_.published[t] != member) {
        ++cost.published_changes;
      }
      if (chairs[t] == kNone) continue;
      const Unit& unit = problem_.units[chairs[t]];
      cost.unmet_preferences += unit.prefers_not[t] ? 1 : 0;
      cost.spacing_violations += SameSectorBefore(chairs, t) ? 1 : 0;
    }
    for (const Round& round : rounds_) cost.credit_inversions += Inversions(chairs, round);
    return cost;
  }
  bool SameSectorBefore(const std::vector<int>& chairs, int t) const {
    const int sector = problem_.units[chairs[t]].sector;
    for (int before = t - 1; before > t - problem_.spread_window; --before) {
      const int early = static_cast<int>(problem_.sectors_before.size()) + before;
      if (before >= 0 && chairs[before] != kNone) {
        if (problem_.units[chairs[before]].sector == sector) return true;
      } else if (before < 0 && early >= 0 && problem_.sectors_before[early] == sector) {
        return true;
      }
    }
    return false;
  }
  Credit Inversions(const std::vector<int>& chairs, const Round& round) const {
    std::vector<Credit> order, sorted;
    for (int t = round.begin; t < round.end; ++t) {
      if (Free(t)) order.push_back(round.credit[chairs[t]]);
    }
    for (const int u : round.units) sorted.push_back(round.credit[u]);
    std::sort(sorted.begin(), sorted.end());
    Credit sum = 0;
    for (size_t i = 0; i < order.size(); ++i) {
      for (size_t k = 0; k <= i; ++k) sum += order[k] - sorted[k];
    }
    if (round.cut) return sum;
    Credit pairs = 0;
    for (size_t i = 0; i < order.size(); ++i) {
      for (size_t k = 0; k < i; ++k) pairs += std::max<Credit>(0, order[k] - order[i]);
    }
    // The two ways to say it are the same in a whole cycle.
    return pairs == sum ? pairs : -1;
  }

  // Whether, at the first term that differs, the chair of `one` stands first.
  bool Before(const std::vector<int>& one, const std::vector<int>& other) const {
    const int t =
        static_cast<int>(std::mismatch(one.begin(), one.end(), other.begin()).first - one.begin());
    if (t == problem_.terms) return false;
    const auto key = [&](int u) {
      const Unit& unit = problem_.units[u];
      int last = kNone;
      Credit credit = unit.credit;
      for (int k = 0; k < t; ++k) {
        if (one[k] != u) continue;
        last = k;
        credit += kFullTerm;
      }
      return std::tuple(credit, last, last == kNone ? unit.waiting_since : 0, unit.lottery,
                        unit.member);
    };
    return key(one[t]) < key(other[t]);
  }

  Plan Describe(const std::vector<int>& chairs) const {
    Plan plan;
    std::vector<Credit> credit;
    for (const Unit& unit : problem_.units) credit.push_back(unit.credit);
    for (int t = 0; t < problem_.terms; ++t) {
      Place& place = plan.places.emplace_back();
      place.member = Free(t) ? problem_.units[chairs[t]].member : problem_.frozen[t];
      place.cycle = static_cast<int>(&RoundOf(t) - rounds_.data());
      if (chairs[t] == kNone) continue;
      place.credit = credit[chairs[t]];
      credit[chairs[t]] += kFullTerm;
    }
    return plan;
  }

  const Problem& problem_;
  std::vector<int> frozen_;  // by term: a unit, or kNone
  std::vector<Round> rounds_;
  std::vector<int> chairs_, best_;
  Cost best_cost_;
};

}  // namespace

Problem RandomAlliance(const Variety& variety, std::mt19937_64& random) {
  const auto below = [&](int limit) { return static_cast<int>(random() % limit); };
  Problem problem;
  problem.terms = 1 + below(variety.terms);
  problem.spread_window = 1 + below(4);
  problem.frozen.resize(problem.terms);
  problem.published.resize(problem.terms);
  const int units = 1 + below(variety.units);
  const int sectors = 1 + below(4);
  const int credits = 1 + below(4);
  const int available = 30 + below(4) * 25;
  const int content = 50 + below(50);
  const bool joiners = below(4) == 0;
  for (int i = below(4); i > 0; --i) problem.sectors_before.push_back(below(sectors + 1));
  for (int i = 0; i < units; ++i) {
    Unit unit;
    unit.member = "m" + std::to_string(i);
    unit.sector = below(sectors);
    unit.credit = kFullTerm / 4 * below(credits) * (1 + below(3));
    unit.waiting_since = below(3);
    unit.lottery = random() % 3;
    unit.turn_taken = below(4) == 0;
    const int since = joiners ? below(problem.terms) : 0;
    for (int t = 0; t < problem.terms; ++t) {
      unit.can_serve.push_back(t >= since && below(100) < available);
      unit.prefers_not.push_back(below(100) >= content);
    }
    problem.units.push_back(std::move(unit));
  }
  std::shuffle(problem.units.begin(), problem.units.end(), random);
  const auto somebody = [&] { return "m" + std::to_string(below(units + 1)); };
  const int frozen = variety.frozen ? below(3) : 0;
  const bool anywhere = below(4) == 0;
  const int published = variety.published ? below(3) * 45 : 0;
  for (int t = 0; t < problem.terms; ++t) {
    if (anywhere ? below(4) < frozen : t < frozen) problem.frozen[t] = somebody();
    if (below(100) < published) problem.published[t] = somebody();
  }
  return problem;
}

std::optional<Plan> PlanByTryingAll(const Problem& problem) {
  for (int t = 0; t < problem.terms; ++t) {
    const auto can = [&](const Unit& unit) { return unit.can_serve[t]; };
    if (problem.frozen[t].empty() &&
        !std::any_of(problem.units.begin(), problem.units.end(), can)) {
      return {};
    }
  }
  return TryAll(problem).Best();
}

std::vector<std::string> Chairs(const Plan& plan) {
  std::vector<std::string> chairs;
  for (const Place& place : plan.places) chairs.push_back(place.member);
  return chairs;
}

}  // namespace jinhuan::alliance::rotation
