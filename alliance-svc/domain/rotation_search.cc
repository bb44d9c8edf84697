#include "alliance-svc/domain/rotation_search.h"

#include <algorithm>
#include <cmath>

#include "alliance-svc/domain/rotation_ascent.h"

namespace jinhuan::alliance::rotation {
namespace {

constexpr int kRootBounds = 400;  // before branching
constexpr int kBounds = 20;

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
  Ascent ascent(*ground_, std::move(multipliers));
  for (int i = 0; i < (root ? kRootBounds : kBounds) && !ascent.exhausted(); ++i) {
    if (--effort_ < 0) return {};
    const auto bound = relaxation_.Compute(region, target, ascent.multipliers());
    if (!bound.has_value()) return {};
    if (bound->value > limit) {
      proof_ = ascent.multipliers();
      return {};
    }
    if (auto draft = Rounded(target, region, bound->chairs)) return draft;
    if (i % 4 == 0) {
      if (auto draft = Followed(target, region, bound->path)) return draft;
    }
    if (!ascent.Learn(*bound, limit + Relaxation::kOne)) break;
    // What can't be in a plan that meets the target.
    for (size_t k = 0; k < region.sectors.size(); ++k) {
      if (bound->surplus[k] > limit - bound->value) region.sectors[k] = 0;
    }
  }

  // Branch where they disagreed most, large sectors first: once those are settled the
  // others rarely meet. One sector, or any other.
  const std::vector<double>& disagreed = ascent.disagreement();
  int at = -1;
  double most = -1;
  for (int t = 0; t < terms; ++t) {
    const auto open = region.sectors.begin() + t * sectors;
    if (ground_->block(t) < 0 || std::count(open, open + sectors, 1) < 2) continue;
    for (int s = 0; s < sectors; ++s) {
      const int size = ground_->SectorSize(ground_->block(t), s);
      const double much = std::abs(disagreed[t * sectors + s]) * size * size;
      if (open[s] == 0 || much <= most) continue;
      at = t * sectors + s;
      most = much;
    }
  }
  if (at < 0) return Followed(target, region, {});
  const int term = at / sectors;
  Region without = region;
  without.sectors[at] = 0;
  std::fill_n(region.sectors.begin() + term * sectors, sectors, 0);
  region.sectors[at] = 1;
  if (auto draft = Explore(target, std::move(region), ascent.best(), false)) return draft;
  if (spent()) return {};
  return Explore(target, std::move(without), ascent.best(), false);
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
  const auto chairs = relaxation_.BestChairs(narrow);
  if (!chairs.has_value()) return {};
  const Draft draft(*ground_, *chairs);
  if (!target.MetBy(draft.cost())) return {};
  return draft;
}

}  // namespace jinhuan::alliance::rotation
