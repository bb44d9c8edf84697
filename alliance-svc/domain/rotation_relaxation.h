#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "alliance-svc/domain/rotation_sector_path.h"

namespace jinhuan::alliance::rotation {

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
    // By term and sector: how much higher the bound is at least for the plans that have
    // the sector there; what exceeds the limit so can be left out of the region.
    std::vector<int64_t> surplus;
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

  // The chairs by term with the fewest unmet preferences that the region allows, whatever
  // the spacing; nothing when there are none.
  std::optional<std::vector<int>> BestChairs(const Region& region) const;

 private:
  // Adds the assignments' part of value and surplus; false when there are none.
  bool AddChairs(const Region& region, int64_t unmet_weight,
                 const std::vector<int64_t>& multipliers, Bound& bound) const;

  const Ground* ground_;
  SectorPath path_;
};

}  // namespace jinhuan::alliance::rotation
