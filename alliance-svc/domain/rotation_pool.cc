#include "alliance-svc/domain/rotation_pool.h"

#include <algorithm>
#include <map>

namespace jinhuan::alliance::rotation {

Pool::Pool(const Problem& problem, const Forced& forced) : problem_(&problem) {
  for (const Unit& unit : problem.units) units_.push_back(&unit);
  std::sort(units_.begin(), units_.end(),
            [](const Unit* a, const Unit* b) { return a->member < b->member; });

  std::map<int, int> numbers;
  for (const Unit* unit : units_) numbers.emplace(unit->sector, 0);
  for (auto& [sector, number] : numbers) number = sectors_++;
  for (const Unit* unit : units_) sector_.push_back(numbers.at(unit->sector));

  const auto number_of = [&](int sector) {
    const auto found = numbers.find(sector);
    return found == numbers.end() ? sectors_ : found->second;
  };
  const int before = static_cast<int>(problem.sectors_before.size());
  for (int back = std::max(problem.spread_window, 1) - 1; back > 0; --back) {
    sectors_before_.push_back(back > before ? sectors_
                                            : number_of(problem.sectors_before[before - back]));
  }
  for (int t = 0; t < problem.terms; ++t) {
    frozen_.push_back(problem.frozen[t].empty() ? kNobody : Find(problem.frozen[t]));
    published_.push_back(problem.published[t].empty() ? kNobody : Find(problem.published[t]));
  }
  forced_term_ = forced.term;
  if (forced.term >= 0) forced_unit_ = Find(forced.member);
}

int Pool::Find(const std::string& member) const {
  const auto found = std::lower_bound(
      units_.begin(), units_.end(), member,
      [](const Unit* unit, const std::string& name) { return unit->member < name; });
  return found != units_.end() && (*found)->member == member
             ? static_cast<int>(found - units_.begin())
             : kStranger;
}

}  // namespace jinhuan::alliance::rotation
