#pragma once

#include <vector>

#include "alliance-svc/domain/rotation_relaxation.h"

namespace jinhuan::alliance::rotation {

// Looks for multipliers with a high bound: a subgradient method whose steps go against the
// running average of the disagreements seen. Without the average it swings between the
// corners of many equally good plans, and takes ten to a hundred times as many bounds.
class Ascent {
 public:
  Ascent(const Ground& ground, std::vector<int64_t> multipliers);

  // The multipliers to try next.
  const std::vector<int64_t>& multipliers() const { return trial_; }
  // Takes the bound at multipliers(), and moves on towards a bound of `goal`. False when
  // path and chairs agree.
  bool Learn(const Relaxation::Bound& bound, int64_t goal);
  // Whether further steps promise little.
  bool exhausted() const { return pace_ < kSlowest; }
  // By term and sector: how far path and chairs disagree on average, -1 to 1.
  const std::vector<double>& disagreement() const { return average_; }
  // The best multipliers so far.
  const std::vector<int64_t>& best() const { return best_multipliers_; }

 private:
  static constexpr double kSlowest = 1.0 / 64;  // of the step that would just reach the goal

  void Step(double gap);

  const Ground* ground_;
  std::vector<int64_t> trial_, best_multipliers_;
  std::vector<double> average_;
  std::vector<double> sums_;  // of average_, by block and sector
  int64_t best_ = 0;
  bool first_ = true;
  double pace_ = 0.2;
  int stalled_ = 0;
};

}  // namespace jinhuan::alliance::rotation
