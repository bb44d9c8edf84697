#include "alliance-svc/domain/rotation_ascent.h"

#include <algorithm>
#include <cmath>

namespace jinhuan::alliance::rotation {
namespace {

constexpr int kPatience = 10;    // bounds without progress before steps get shorter
constexpr double kNewest = 0.2;  // weight in the average
constexpr int64_t kLargest = int64_t{1} << 40;

}  // namespace

Ascent::Ascent(const Ground& ground, std::vector<int64_t> multipliers)
    : ground_(&ground),
      trial_(multipliers),
      best_multipliers_(std::move(multipliers)),
      average_(trial_.size(), 0),
      sums_(ground.blocks().size() * ground.sectors(), 0) {}

bool Ascent::Learn(const Relaxation::Bound& bound, int64_t goal) {
  const int sectors = ground_->sectors();
  std::vector<double> newest(average_.size(), 0);
  bool agree = true;
  for (int t = 0; t < ground_->terms(); ++t) {
    if (ground_->block(t) < 0) continue;
    const int got = ground_->pool().sector(bound.chairs[t]);
    if (got == bound.path[t]) continue;
    agree = false;
    newest[t * sectors + bound.path[t]] = 1;
    newest[t * sectors + got] = -1;
  }
  if (agree) return false;

  if (first_ || bound.value > best_) {
    best_ = bound.value;
    best_multipliers_ = trial_;
    stalled_ = 0;
  } else if (++stalled_ >= kPatience) {
    pace_ *= 0.7;
    stalled_ = 0;
  }

  const double weight = first_ ? 1 : kNewest;
  first_ = false;
  for (size_t k = 0; k < average_.size(); ++k) {
    average_[k] += weight * (newest[k] - average_[k]);
  }
  Step(static_cast<double>(goal - bound.value));
  return true;
}

// The same price for a sector in all terms of a cycle is what most proofs need, so it
// moves on its own as well: by the sum over the block.
void Ascent::Step(double gap) {
  const int sectors = ground_->sectors();
  std::fill(sums_.begin(), sums_.end(), 0);
  double length = 0;
  for (int t = 0; t < ground_->terms(); ++t) {
    if (ground_->block(t) < 0) continue;
    for (int s = 0; s < sectors; ++s) {
      const double part = average_[t * sectors + s];
      sums_[ground_->block(t) * sectors + s] += part;
      length += part * part;
    }
  }
  for (const double sum : sums_) length += sum * sum;
  if (length <= 0) return;
  const double step = pace_ * gap / length;
  for (int t = 0; t < ground_->terms(); ++t) {
    if (ground_->block(t) < 0) continue;
    for (int s = 0; s < sectors; ++s) {
      const int k = t * sectors + s;
      const double by = step * (average_[k] + sums_[ground_->block(t) * sectors + s]);
      trial_[k] = std::clamp<int64_t>(trial_[k] + std::llround(by), -kLargest, kLargest);
    }
  }
}

}  // namespace jinhuan::alliance::rotation
