#include "alliance-svc/domain/rotation_relaxation.h"

#include <algorithm>
#include <limits>

#include "alliance-svc/domain/rotation_assignment.h"

namespace jinhuan::alliance::rotation {
namespace {

constexpr int64_t kNever = std::numeric_limits<int64_t>::max() / 4;
// Outweighs all multipliers of a plan together.
constexpr int64_t kMust = int64_t{1} << 50;
constexpr int kMostStates = 4096;

}  // namespace

Relaxation::Relaxation(const Ground& ground) : ground_(&ground) {
  const int symbols = ground.sectors() + 1;
  while (depth_ < ground.window() - 1 && states_ * symbols <= kMostStates) {
    states_ *= symbols;
    ++depth_;
  }
}

std::optional<Relaxation::Bound> Relaxation::Compute(
    const Region& region, const Target& target, const std::vector<int64_t>& multipliers) const {
  Bound bound;
  const auto chairs =
      CheapestChairs(region, target.unmet == Target::kAny ? 0 : kOne, multipliers, bound.chairs);
  if (!chairs.has_value()) return std::nullopt;
  const auto path = ShortestPath(region, target, multipliers, bound.path);
  if (!path.has_value()) return std::nullopt;
  bound.value = *chairs + *path;
  return bound;
}

std::optional<int64_t> Relaxation::CheapestChairs(const Region& region, int64_t unmet_weight,
                                                  const std::vector<int64_t>& multipliers,
                                                  std::vector<int>& chairs) const {
  const Pool& pool = ground_->pool();
  const int sectors = ground_->sectors();
  chairs.assign(ground_->terms(), -1);
  int64_t total = 0;
  for (int t = 0; t < ground_->terms(); ++t) {
    chairs[t] = pool.frozen(t);
    if (chairs[t] >= 0 && pool.PrefersNot(chairs[t], t)) total += unmet_weight;
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
    if (!best.has_value()) return std::nullopt;
    total += best->cost;
    for (const char must : block.must) total += must != 0 ? kMust : 0;
    for (int i = 0; i < block.rows(); ++i) {
      chairs[block.terms[i]] = block.units[best->column_of_row[i]];
    }
  }
  // Somebody who must serve was left out.
  if (total > kMust / 2) return std::nullopt;
  return total;
}

// A forward dynamic programme over the terms; a state is the last `depth_` sectors (the
// oldest the most significant digit) and the violations so far.
std::optional<int64_t> Relaxation::ShortestPath(const Region& region, const Target& target,
                                                const std::vector<int64_t>& multipliers,
                                                std::vector<int>& path) const {
  const int sectors = ground_->sectors();
  const int symbols = sectors + 1;
  const int terms = ground_->terms();
  const int levels = target.violations + 1;
  const int tails = depth_ == 0 ? 1 : states_ / symbols;  // states without their oldest
  const bool spaced = depth_ > 0;

  int start = 0;
  const std::vector<int>& before = ground_->pool().sectors_before();
  for (int k = ground_->window() - 1 - depth_; k < ground_->window() - 1; ++k) {
    start = start * symbols + before[k];
  }
  std::vector<int64_t> cost(states_ * levels, kNever), next;
  cost[start * levels] = 0;
  // By term, state and level: the sector that the state before had as its oldest; with
  // no depth, the sector of the term.
  std::vector<int16_t> oldest(static_cast<size_t>(terms) * states_ * levels, -1);
  std::vector<char> in_tail(symbols);

  for (int t = 0; t < terms; ++t) {
    next.assign(states_ * levels, kNever);
    int16_t* chosen = &oldest[static_cast<size_t>(t) * states_ * levels];
    const bool open = ground_->block(t) >= 0;
    const int fixed = open ? -1 : ground_->SectorOf(ground_->pool().frozen(t));
    for (int tail = 0; tail < tails; ++tail) {
      std::fill(in_tail.begin(), in_tail.end(), 0);
      for (int k = 1, rest = tail; k < depth_; ++k, rest /= symbols) in_tail[rest % symbols] = 1;
      in_tail[sectors] = 0;
      for (int level = 0; level < levels; ++level) {
        // The best two oldest sectors that lead here with so many violations.
        int64_t best = kNever, second = kNever;
        int first_oldest = -1, second_oldest = -1;
        for (int o = 0; o < (spaced ? symbols : 1); ++o) {
          const int64_t value = cost[(o * tails + tail) * levels + level];
          if (value < best) {
            second = best;
            second_oldest = first_oldest;
            best = value;
            first_oldest = o;
          } else if (value < second) {
            second = value;
            second_oldest = o;
          }
        }
        if (best == kNever) continue;
        const auto reach = [&](int s, int to_level, int64_t value, int from) {
          if (value >= kNever || to_level >= levels) return;
          if (open) value += multipliers[t * sectors + s];
          const int to = (spaced ? tail * symbols + s : 0) * levels + to_level;
          if (value >= next[to]) return;
          next[to] = value;
          chosen[to] = static_cast<int16_t>(spaced ? from : s);
        };
        const int low = open ? 0 : fixed;
        const int high = open ? sectors : fixed + 1;
        for (int s = low; s < high; ++s) {
          if (open && region.sectors[t * sectors + s] == 0) continue;
          if (in_tail[s] != 0) {
            reach(s, level + 1, best, first_oldest);
          } else if (!spaced || s == sectors) {
            reach(s, level, best, first_oldest);
          } else {
            const bool same = first_oldest == s;
            reach(s, level, same ? second : best, same ? second_oldest : first_oldest);
            reach(s, level + 1, cost[(s * tails + tail) * levels + level], s);
          }
        }
      }
    }
    cost.swap(next);
  }

  // With less depth some violations go unseen.
  const bool exactly = target.unmet != Target::kAny && depth_ == ground_->window() - 1;
  int64_t cheapest = kNever;
  int state = 0, level = 0;
  for (int i = 0; i < states_; ++i) {
    for (int v = exactly ? target.violations : 0; v < levels; ++v) {
      const int64_t value = cost[i * levels + v];
      if (value >= cheapest) continue;
      cheapest = value;
      state = i;
      level = v;
    }
  }
  if (cheapest >= kNever) return std::nullopt;

  // Back along the choices.
  path.assign(terms, -1);
  for (int t = terms - 1; t >= 0; --t) {
    const int from = oldest[(static_cast<size_t>(t) * states_ + state) * levels + level];
    if (!spaced) {
      path[t] = from;
      continue;
    }
    const int s = path[t] = state % symbols;
    const int tail = state / symbols;
    bool violates = s == from;
    for (int k = 1, rest = tail; k < depth_; ++k, rest /= symbols) violates |= rest % symbols == s;
    if (violates && s != sectors) --level;
    state = from * tails + tail;
  }
  return cheapest;
}

}  // namespace jinhuan::alliance::rotation
