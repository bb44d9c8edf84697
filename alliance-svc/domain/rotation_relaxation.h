#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "alliance-svc/domain/rotation_draft.h"

namespace jinhuan::alliance::rotation {

// What is asked for, or shown not to exist: plans with at most so many spacing violations;
// or with exactly so many, when fewer are known to be impossible, and at most so many unmet
// preferences.
struct Target {
  static constexpr int kAny = std::numeric_limits<int>::max();

  int violations = 0;
  int unmet = kAny;

  bool MetBy(const SoftCost& cost) const {
    return cost.first <= violations && cost.second <= unmet;
  }
};

// A part of all plans of the blocks.
struct Region {
  // By term: the unit that has it; -1 where it is open.
  std::vector<int> only;
  // By term and sector: whether a unit of the sector may have it.
  std::vector<char> sectors;
};

// The relaxation that proves plans optimal. A plan is two things that must agree in the
// sector of every term: a row of sectors with few enough violations (a shortest path,
// whoever the units are), and assignments of units to terms with few unmet preferences
// (whatever their sectors do to each other). Multipliers, a price for each term and
// sector that the one gets and the other pays, punish disagreement; whatever they are,
// the sum of the two cheapest is a lower bound for every plan of the region. All numbers
// are integers, so a bound is a proof.
class Relaxation {
 public:
  // What one unmet preference weighs.
  static constexpr int64_t kOne = 1 << 16;

  struct Bound {
    int64_t value = 0;
    std::vector<int> path;    // sectors by term
    std::vector<int> chairs;  // units by term
  };

  explicit Relaxation(const Ground& ground);

  // The bound at the given multipliers, by term and sector, of the unmet preferences of
  // plans with the target's violations; 0 for each of them when any number may be unmet.
  // Nothing when the region holds no such plan.
  std::optional<Bound> Compute(const Region& region, const Target& target,
                               const std::vector<int64_t>& multipliers) const;
  // The largest bound that leaves room for a plan that meets the target.
  static int64_t Limit(const Target& target) {
    return target.unmet == Target::kAny ? 0 : kOne * target.unmet;
  }

  // The cheapest assignment of the region, as Compute does it; its value, or nothing
  // when there is none.
  std::optional<int64_t> CheapestChairs(const Region& region, int64_t unmet_weight,
                                        const std::vector<int64_t>& multipliers,
                                        std::vector<int>& chairs) const;

 private:
  std::optional<int64_t> ShortestPath(const Region& region, const Target& target,
                                      const std::vector<int64_t>& multipliers,
                                      std::vector<int>& path) const;

  const Ground* ground_;
  // How many terms back the path looks: spread_window - 1, or less when there would be
  // too many states; a bound it stays.
  int depth_ = 0;
  int states_ = 1;  // rows of `depth_` sectors
};

}  // namespace jinhuan::alliance::rotation
