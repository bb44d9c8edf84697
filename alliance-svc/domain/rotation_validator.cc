// Written from the contract of MakePlan, with plain loops and no line of the planner: what
// is wrong in one of the two shows in the other.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "alliance-svc/domain/rotation_plan.h"

namespace jinhuan::alliance::rotation {
namespace {

using Members = std::set<std::string>;

class Validator {
 public:
  Validator(const Problem& problem, const Plan& plan) : problem_(problem), plan_(plan) {
    for (const Unit& unit : problem.units) {
      units_[unit.member] = &unit;
      credit_[unit.member] = unit.credit;
    }
  }

  std::vector<std::string> Check() {
    if (static_cast<int>(plan_.places.size()) != problem_.terms) {
      return {absl::StrCat(plan_.places.size(), " places for ", problem_.terms, " terms")};
    }
    CheckChairs();
    size_t cycle = 0;
    for (int begin = 0; begin < problem_.terms; ++cycle) {
      begin = CheckCycle(static_cast<int>(cycle), begin);
    }
    if (plan_.deferred.size() != cycle) {
      Say(plan_.deferred.size(), " cycles in the list of deferred, not ", cycle);
    }
    CheckSpacing();
    CheckCost("published changes", plan_.cost.published_changes, cost_.published_changes);
    CheckCost("credit inversions", plan_.cost.credit_inversions, cost_.credit_inversions);
    CheckCost("spacing violations", plan_.cost.spacing_violations, cost_.spacing_violations);
    CheckCost("unmet preferences", plan_.cost.unmet_preferences, cost_.unmet_preferences);
    return said_;
  }

 private:
  template <class... Parts>
  void Say(const Parts&... parts) {
    said_.push_back(absl::StrCat(parts...));
  }

  const std::string& Chair(int term) const { return plan_.places[term].member; }
  bool Frozen(int term) const { return !problem_.frozen[term].empty(); }
  bool CanServe(const std::string& member, int term) const {
    const auto unit = units_.find(member);
    return unit != units_.end() && unit->second->can_serve[term];
  }

  void CheckChairs() {
    for (int t = 0; t < problem_.terms; ++t) {
      if (Frozen(t)) {
        if (Chair(t) != problem_.frozen[t]) Say("frozen term ", t, " has ", Chair(t));
      } else if (!CanServe(Chair(t), t)) {
        Say(Chair(t), " can't serve in term ", t);
      }
      if (!problem_.published[t].empty() && problem_.published[t] != Chair(t)) {
        ++cost_.published_changes;
      }
      const auto unit = units_.find(Chair(t));
      if (unit != units_.end() && unit->second->prefers_not[t]) ++cost_.unmet_preferences;
    }
  }

  // The units that have had a turn in the cycle before it begins, or have one in its
  // frozen terms.
  Members WithTurn(int cycle, int begin, int end) const {
    Members members;
    for (const auto& [member, unit] : units_) {
      if (cycle == 0 && unit->turn_taken) members.insert(member);
    }
    for (int t = begin; t < end; ++t) {
      if (units_.contains(problem_.frozen[t])) members.insert(problem_.frozen[t]);
    }
    return members;
  }

  // Whether every free term of [begin, end) can have a unit of its own that has no turn.
  bool Fits(int cycle, int begin, int end) const {
    const Members with_turn = WithTurn(cycle, begin, end);
    std::map<std::string, int> taken;
    for (int t = begin; t < end; ++t) {
      Members asked;
      if (!Frozen(t) && !Seat(t, with_turn, taken, asked)) return false;
    }
    return true;
  }
  bool Seat(int term, const Members& with_turn, std::map<std::string, int>& taken,
            Members& asked) const {
    for (const auto& [member, unit] : units_) {
      if (!unit->can_serve[term] || with_turn.contains(member)) continue;
      if (!asked.insert(member).second) continue;
      const auto seat = taken.find(member);
      if (seat == taken.end() || Seat(seat->second, with_turn, taken, asked)) {
        taken[member] = term;
        return true;
      }
    }
    return false;
  }

  // The end of the cycle that begins there, and whether the horizon cuts it off.
  std::pair<int, bool> EndOf(int cycle, int begin) const {
    int end = begin;
    while (end < problem_.terms && !SecondTurn(cycle, begin, end) && Fits(cycle, begin, end + 1)) {
      ++end;
    }
    return {end, end == problem_.terms};
  }
  bool SecondTurn(int cycle, int begin, int term) const {
    return Frozen(term) && WithTurn(cycle, begin, term).contains(problem_.frozen[term]);
  }

  // Returns its end.
  int CheckCycle(int cycle, int begin) {
    const auto [end, cut] = EndOf(cycle, begin);
    Members with_turn = WithTurn(cycle, begin, end);
    Members due;  // in it, without a turn so far
    for (const auto& [member, unit] : units_) {
      for (int t = begin; t < end; ++t) {
        if (!Frozen(t) && unit->can_serve[t] && !with_turn.contains(member)) due.insert(member);
      }
    }
    Members left = due;
    for (int t = begin; t < end; ++t) {
      if (plan_.places[t].cycle != cycle) {
        Say("term ", t, " is of cycle ", cycle, ", not ", plan_.places[t].cycle);
      }
      if (!Frozen(t) && !with_turn.insert(Chair(t)).second) {
        Say(Chair(t), " has a second turn in term ", t);
      }
      left.erase(Chair(t));
    }
    CheckDeferred(cycle, begin, end, cut ? Members{} : left);
    cost_.credit_inversions += cut ? CutInversions(begin, end, due) : Inversions(begin, end);
    CheckCredits(begin, end);
    return end;
  }

  void CheckDeferred(int cycle, int begin, int end, const Members& expected) {
    if (cycle >= static_cast<int>(plan_.deferred.size())) return;
    const std::vector<std::string>& said = plan_.deferred[cycle];
    if (said != std::vector<std::string>(expected.begin(), expected.end())) {
      Say("the list of those deferred in cycle ", cycle, " is wrong");
    }
    for (const std::string& member : expected) {
      for (const std::string& chair : CouldGiveWay(member, begin, end)) {
        if (Order(member) < Order(chair)) Say(chair, " serves in place of ", member);
      }
    }
  }
  std::tuple<Credit, int64_t, uint64_t, std::string> Order(const std::string& member) const {
    const Unit& unit = *units_.at(member);
    return {credit_.at(member), unit.waiting_since, unit.lottery, member};
  }
  // The chairs of free terms without whom the others and `member` could still serve.
  Members CouldGiveWay(const std::string& member, int begin, int end) const {
    Members chairs;
    std::vector<std::string> moving = {member};
    while (!moving.empty()) {
      const std::string mover = moving.back();
      moving.pop_back();
      for (int t = begin; t < end; ++t) {
        if (Frozen(t) || !CanServe(mover, t) || !units_.contains(Chair(t))) continue;
        if (chairs.insert(Chair(t)).second) moving.push_back(Chair(t));
      }
    }
    return chairs;
  }

  Credit Inversions(int begin, int end) const {
    Credit sum = 0;
    for (int t = begin; t < end; ++t) {
      for (int later = t + 1; later < end; ++later) {
        if (Frozen(t) || Frozen(later)) continue;
        sum += std::max<Credit>(0, CreditOf(Chair(t)) - CreditOf(Chair(later)));
      }
    }
    return sum;
  }
  Credit CutInversions(int begin, int end, const Members& due) const {
    std::vector<Credit> credits;
    for (const std::string& member : due) credits.push_back(CreditOf(member));
    std::sort(credits.begin(), credits.end());
    Credit sum = 0, held = 0, least = 0;
    size_t chairs = 0;
    for (int t = begin; t < end; ++t) {
      if (Frozen(t)) continue;
      held += CreditOf(Chair(t));
      if (chairs < credits.size()) least += credits[chairs++];
      sum += held - least;
    }
    return sum;
  }
  Credit CreditOf(const std::string& member) const {
    const auto credit = credit_.find(member);
    return credit == credit_.end() ? 0 : credit->second;
  }

  // Credits as the terms begin; afterwards credit_ is as the next cycle begins.
  void CheckCredits(int begin, int end) {
    for (int t = begin; t < end; ++t) {
      if (plan_.places[t].credit != CreditOf(Chair(t))) {
        Say(Chair(t), " has credit ", CreditOf(Chair(t)), " in term ", t);
      }
      if (units_.contains(Chair(t))) credit_[Chair(t)] += kFullTerm;
    }
  }

  void CheckSpacing() {
    std::vector<const int*> sectors;  // null: unknown
    for (const int& sector : problem_.sectors_before) sectors.push_back(&sector);
    for (int t = 0; t < problem_.terms; ++t) {
      const auto unit = units_.find(Chair(t));
      const int* sector = unit == units_.end() ? nullptr : &unit->second->sector;
      const int known = static_cast<int>(sectors.size());
      for (int i = std::max(0, known - problem_.spread_window + 1); i < known; ++i) {
        if (sector != nullptr && sectors[i] != nullptr && *sectors[i] == *sector) {
          ++cost_.spacing_violations;
          break;
        }
      }
      sectors.push_back(sector);
    }
  }

  void CheckCost(const char* what, int64_t said, int64_t is) {
    if (said != is) Say(what, ": ", is, ", not ", said);
  }

  const Problem& problem_;
  const Plan& plan_;
  std::map<std::string, const Unit*> units_;
  std::map<std::string, Credit> credit_;
  Cost cost_;
  std::vector<std::string> said_;
};

}  // namespace

std::vector<std::string> Validate(const Problem& problem, const Plan& plan) {
  return Validator(problem, plan).Check();
}

}  // namespace jinhuan::alliance::rotation
