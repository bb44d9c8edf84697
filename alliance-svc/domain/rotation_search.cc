#include "alliance-svc/domain/rotation_search.h"

#include <algorithm>
#include <cmath>

namespace jinhuan::alliance::rotation {
namespace {

constexpr int kRootBounds = 400;  // before branching
constexpr int kBounds = 40;
constexpr int kPatience = 6;  // bounds without progress before steps get shorter
constexpr int64_t kLargest = int64_t{1} << 40;

}  // namespace

Search::Search(const Ground& ground, int64_t effort)
    : ground_(&ground),
      relaxation_(ground),
      effort_(effort),
      proof_(ground.terms() * ground.sectors(), 0) {}

std::optional<Draft> Search::Find(const Target& target, const std::vector<int>& only) {
  if (target.violations < 0 || target.unmet < 0) return {};
  const int sectors = ground_->sectors();
  Region region{only, std::vector<char>(ground_->terms() * sectors, 0)};
  for (const Block& block : ground_->blocks()) {
    for (int i = 0; i < block.rows(); ++i) {
      const int term = block.terms[i];
      for (int j = 0; j < block.width(); ++j) {
        const int unit = block.units[j];
        if (!block.Tight(i, j) || (only[term] >= 0 && only[term] != unit)) continue;
        region.sectors[term * sectors + ground_->pool().sector(unit)] = 1;
      }
    }
  }
  return Explore(target, std::move(region), proof_, true);
}

std::optional<Draft> Search::Explore(const Target& target, Region region,
                                     std::vector<int64_t> multipliers, bool root) {
  const int terms = ground_->terms();
  const int sectors = ground_->sectors();
  const int64_t limit = Relaxation::Limit(target);
  std::vector<int> disagreed(terms * sectors, 0);
  std::vector<int> chairs;
  int64_t best = 0;
  double pace = 1;
  for (int i = 0, stalled = 0; i < (root ? kRootBounds : kBounds); ++i) {
    if (--effort_ < 0) return {};
    const auto bound = relaxation_.Compute(region, target, multipliers);
    if (!bound.has_value()) return {};
    if (bound->value > limit) {
      proof_ = std::move(multipliers);
      return {};
    }
    if (auto draft = Rounded(target, region, bound->chairs)) return draft;
    if (i == 0 || bound->value > best) {
      if (auto draft = Followed(target, region, bound->path)) return draft;
      best = bound->value;
      stalled = 0;
    } else if (++stalled > kPatience) {
      pace /= 2;
      stalled = 0;
    }
    chairs = bound->chairs;
    int distance = 0;
    for (int t = 0; t < terms; ++t) {
      if (ground_->block(t) < 0) continue;
      const int got = ground_->pool().sector(chairs[t]);
      if (got == bound->path[t]) continue;
      distance += 2;
      ++disagreed[t * sectors + got];
      ++disagreed[t * sectors + bound->path[t]];
    }
    if (distance == 0) break;
    Move(*bound, pace * static_cast<double>(limit + Relaxation::kOne - bound->value), multipliers);
  }

  // Branch where they disagreed most: one sector, or any other.
  int at = -1;
  for (int k = 0; k < terms * sectors; ++k) {
    if (region.sectors[k] == 0) continue;
    const int term = k / sectors;
    const auto open = region.sectors.begin() + term * sectors;
    if (std::count(open, open + sectors, 1) > 1 && (at < 0 || disagreed[k] > disagreed[at])) at = k;
  }
  if (at < 0) return Followed(target, region, {});
  const int term = at / sectors;
  Region without = region;
  without.sectors[at] = 0;
  std::fill_n(region.sectors.begin() + term * sectors, sectors, 0);
  region.sectors[at] = 1;
  if (auto draft = Explore(target, std::move(region), multipliers, false)) return draft;
  if (spent()) return {};
  return Explore(target, std::move(without), std::move(multipliers), false);
}

std::optional<Draft> Search::Rounded(const Target& target, const Region& region,
                                     const std::vector<int>& chairs) const {
  Draft draft(*ground_, chairs);
  draft.Improve(region.only);
  if (!target.MetBy(draft.cost())) return {};
  return draft;
}

std::optional<Draft> Search::Followed(const Target& target, const Region& region,
                                      const std::vector<int>& path) const {
  Region narrow = region;
  const int sectors = ground_->sectors();
  for (int t = 0; t < static_cast<int>(path.size()); ++t) {
    if (ground_->block(t) < 0) continue;
    for (int s = 0; s < sectors; ++s) {
      if (s != path[t]) narrow.sectors[t * sectors + s] = 0;
    }
  }
  std::vector<int> chairs;
  const std::vector<int64_t> none(narrow.sectors.size(), 0);
  if (!relaxation_.CheapestChairs(narrow, Relaxation::kOne, none, chairs).has_value()) return {};
  const Draft draft(*ground_, chairs);
  if (!target.MetBy(draft.cost())) return {};
  return draft;
}

void Search::Move(const Relaxation::Bound& bound, double gap,
                  std::vector<int64_t>& multipliers) const {
  const int sectors = ground_->sectors();
  // The disagreement term by term, and summed up by block: the same price for a sector
  // in all terms of a cycle is what most proofs need, so it moves on its own as well.
  std::vector<int> sums(ground_->blocks().size() * sectors, 0);
  int64_t length = 0;
  const auto each = [&](const auto& visit) {
    for (int t = 0; t < ground_->terms(); ++t) {
      if (ground_->block(t) < 0) continue;
      const int got = ground_->pool().sector(bound.chairs[t]);
      if (got == bound.path[t]) continue;
      visit(t, bound.path[t], 1);
      visit(t, got, -1);
    }
  };
  each([&](int t, int s, int sign) {
    sums[ground_->block(t) * sectors + s] += sign;
    ++length;
  });
  for (const int sum : sums) length += sum * sum;
  const double step = gap / static_cast<double>(length);
  const auto move = [&](int64_t& multiplier, double by) {
    multiplier = std::clamp<int64_t>(multiplier + std::llround(by), -kLargest, kLargest);
  };
  each([&](int t, int s, int sign) { move(multipliers[t * sectors + s], step * sign); });
  for (int t = 0; t < ground_->terms(); ++t) {
    if (ground_->block(t) < 0) continue;
    for (int s = 0; s < sectors; ++s) {
      move(multipliers[t * sectors + s], step * sums[ground_->block(t) * sectors + s]);
    }
  }
}

}  // namespace jinhuan::alliance::rotation
