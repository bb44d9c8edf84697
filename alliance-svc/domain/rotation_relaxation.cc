#include "alliance-svc/domain/rotation_relaxation.h"

#include <algorithm>

#include "alliance-svc/domain/rotation_assignment.h"

namespace jinhuan::alliance::rotation {
namespace {

// Outweighs all multipliers of a plan together.
constexpr int64_t kMust = int64_t{1} << 50;

}  // namespace

Relaxation::Relaxation(const Ground& ground) : ground_(&ground), path_(ground) {}

std::optional<Relaxation::Bound> Relaxation::Compute(
    const Region& region, const Target& target, const std::vector<int64_t>& multipliers) const {
  Bound bound;
  const int64_t unmet_weight = target.unmet == Target::kAny ? 0 : kOne;
  if (!AddChairs(region, unmet_weight, multipliers, bound)) return std::nullopt;
  auto path = path_.Find(region, target, multipliers);
  if (!path.has_value()) return std::nullopt;
  bound.value += path->cost;
  bound.path = std::move(path->sectors);
  for (size_t k = 0; k < bound.surplus.size(); ++k) bound.surplus[k] += path->surplus[k];
  return bound;
}

std::optional<std::vector<int>> Relaxation::BestChairs(const Region& region) const {
  Bound bound;
  const std::vector<int64_t> none(region.sectors.size(), 0);
  if (!AddChairs(region, kOne, none, bound)) return std::nullopt;
  return std::move(bound.chairs);
}

bool Relaxation::AddChairs(const Region& region, int64_t unmet_weight,
                           const std::vector<int64_t>& multipliers, Bound& bound) const {
  const Pool& pool = ground_->pool();
  const int sectors = ground_->sectors();
  bound.chairs.resize(ground_->terms());
  bound.surplus.assign(region.sectors.size(), SectorPath::kNever);
  for (int t = 0; t < ground_->terms(); ++t) {
    bound.chairs[t] = pool.frozen(t);
    if (bound.chairs[t] >= 0 && pool.PrefersNot(bound.chairs[t], t)) bound.value += unmet_weight;
  }
  for (const Block& block : ground_->blocks()) {
    Edges<int64_t> edges;
    for (int i = 0; i < block.rows(); ++i) {
      const int term = block.terms[i];
      for (int j = 0; j < block.width(); ++j) {
        const int unit = block.units[j];
        const int at = term * sectors + pool.sector(unit);
        if (!block.Tight(i, j) || region.sectors[at] == 0) continue;
        if (region.only[term] >= 0 && region.only[term] != unit) continue;
        edges.Add(j, (pool.PrefersNot(unit, term) ? unmet_weight : 0) - multipliers[at] -
                         (block.must[j] != 0 ? kMust : 0));
      }
      edges.EndRow();
    }
    const auto best = Assign(block.width(), edges);
    if (!best.has_value()) return false;
    bound.value += best->cost;
    for (const char must : block.must) bound.value += must != 0 ? kMust : 0;
    for (int i = 0; i < block.rows(); ++i) {
      bound.chairs[block.terms[i]] = block.units[best->column_of_row[i]];
      // The duals say what any other edge costs more.
      for (const auto* edge = edges.begin(i); edge != edges.end(i); ++edge) {
        int64_t& surplus =
            bound.surplus[block.terms[i] * sectors + pool.sector(block.units[edge->column])];
        surplus =
            std::min(surplus, edge->cost - best->row_dual[i] - best->column_dual[edge->column]);
      }
    }
  }
  // Above that, somebody who must serve was left out.
  return bound.value <= kMust / 2;
}

}  // namespace jinhuan::alliance::rotation
