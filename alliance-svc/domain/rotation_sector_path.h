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

// The cheapest rows of sectors, one for each term, with so many spacing violations, whoever
// the units are: a dynamic programme over the terms. Its states are the last few sectors
// (the oldest the most significant digit) and the violations that are left.
class SectorPath {
 public:
  struct Best {
    int64_t cost = 0;
    std::vector<int> sectors;  // by term
    // By term and sector: how much dearer the cheapest row is that has it there; kNever
    // when there is none.
    std::vector<int64_t> surplus;
  };
  static constexpr int64_t kNever = std::numeric_limits<int64_t>::max() / 4;

  explicit SectorPath(const Ground& ground);

  // The best row of the region's sectors at these prices, by term and sector; nothing when
  // none has the target's violations.
  std::optional<Best> Find(const Region& region, const Target& target,
                           const std::vector<int64_t>& prices) const;

 private:
  class Run;

  const Ground* ground_;
  // How many terms back the path looks, and which sectors it looks for there: all, or the
  // largest where there would be too many states. Then some violations go unseen, and a
  // bound it stays. Every other sector has the last symbol, which violates nothing.
  int depth_ = 0;
  int symbols_ = 1;
  std::vector<int> symbol_;  // by sector, and for a stranger's
  int states_ = 1;           // rows of `depth_` symbols
  bool sees_all_ = true;
};

}  // namespace jinhuan::alliance::rotation
