#include "alliance-svc/domain/rotation_sector_path.h"

#include <algorithm>
#include <numeric>

namespace jinhuan::alliance::rotation {
namespace {

constexpr int kMostStates = 4096;

}  // namespace

SectorPath::SectorPath(const Ground& ground) : ground_(&ground) {
  const auto power = [](int base, int exponent) {
    int64_t result = 1;
    while (exponent-- > 0 && result <= kMostStates) result *= base;
    return result;
  };
  depth_ = ground.window() - 1;
  while (power(2, depth_) > kMostStates) --depth_;
  int seen = ground.sectors();
  while (seen > 1 && power(seen + 1, depth_) > kMostStates) --seen;
  symbols_ = seen + 1;
  states_ = static_cast<int>(power(symbols_, depth_));
  sees_all_ = depth_ == ground.window() - 1 && seen == ground.sectors();

  std::vector<int> units(ground.sectors(), 0), largest(ground.sectors());
  for (int b = 0; b < static_cast<int>(ground.blocks().size()); ++b) {
    for (int s = 0; s < ground.sectors(); ++s) units[s] += ground.SectorSize(b, s);
  }
  std::iota(largest.begin(), largest.end(), 0);
  std::stable_sort(largest.begin(), largest.end(),
                   [&](int a, int b) { return units[a] > units[b]; });
  symbol_.assign(ground.sectors() + 1, seen);
  for (int i = 0; i < seen; ++i) symbol_[largest[i]] = i;
}

// One question. A state is (oldest, tail): what follows depends on the oldest only where the
// next symbol is the same, so the cheapest and the next to it are enough for all of them.
class SectorPath::Run {
 public:
  Run(const SectorPath& path, const Region& region, const Target& target,
      const std::vector<int64_t>& prices)
      : path_(path),
        ground_(*path.ground_),
        region_(region),
        prices_(prices),
        symbols_(path.symbols_),
        none_(path.symbols_ - 1),
        sectors_(ground_.sectors()),
        levels_(target.violations + 1),
        spaced_(path.depth_ > 0),
        tails_(spaced_ ? path.states_ / symbols_ : 1),
        layer_(static_cast<size_t>(path.states_) * levels_),
        ahead_(layer_ * (ground_.terms() + 1), kNever),
        in_tail_(tails_ * symbols_, 0) {
    for (int tail = 0; tail < tails_; ++tail) {
      for (int k = 1, rest = tail; k < path.depth_; ++k, rest /= symbols_) {
        if (rest % symbols_ != none_) in_tail_[tail * symbols_ + rest % symbols_] = 1;
      }
    }
    // Violations that go unseen use up no level.
    const bool exactly = target.unmet != Target::kAny && path.sees_all_;
    for (int state = 0; state < path.states_; ++state) {
      for (int left = 0; left < (exactly ? 1 : levels_); ++left) {
        Ahead(ground_.terms(), state, left) = 0;
      }
    }
  }

  std::optional<Best> Find() {
    for (int t = ground_.terms() - 1; t >= 0; --t) LookAhead(t);
    int state = 0;
    const std::vector<int>& before = ground_.pool().sectors_before();
    for (size_t k = before.size() - path_.depth_; k < before.size(); ++k) {
      state = state * symbols_ + path_.symbol_[before[k]];
    }
    Best best;
    best.cost = Ahead(0, state, levels_ - 1);
    if (best.cost >= kNever) return std::nullopt;
    Follow(state, best);
    Compare(state, best);
    return best;
  }

 private:
  int64_t& Ahead(int term, int state, int left) {
    return ahead_[layer_ * term + state * levels_ + left];
  }
  // The sectors that a term may have are [First, Last), as far as Price allows.
  int First(int t) const {
    return ground_.block(t) >= 0 ? 0 : ground_.SectorOf(ground_.pool().frozen(t));
  }
  int Last(int t) const { return ground_.block(t) >= 0 ? sectors_ : First(t) + 1; }
  int64_t Price(int t, int s) const {
    if (ground_.block(t) < 0) return 0;
    return region_.sectors[t * sectors_ + s] != 0 ? prices_[t * sectors_ + s] : kNever;
  }
  int After(int tail, int symbol) const { return spaced_ ? tail * symbols_ + symbol : 0; }
  bool InTail(int tail, int symbol) const { return in_tail_[tail * symbols_ + symbol] != 0; }
  bool Violates(int oldest, int tail, int symbol) const {
    return spaced_ && symbol != none_ && (symbol == oldest || InTail(tail, symbol));
  }
  int Olds() const { return spaced_ ? symbols_ : 1; }

  // What the terms from `t` on cost at least, by state and violations left.
  void LookAhead(int t) {
    // By symbol: the cheapest sector.
    std::vector<int64_t> same(symbols_), again(symbols_);
    for (int tail = 0; tail < tails_; ++tail) {
      for (int left = 0; left < levels_; ++left) {
        std::fill(same.begin(), same.end(), kNever);
        std::fill(again.begin(), again.end(), kNever);
        for (int s = First(t); s < Last(t); ++s) {
          const int symbol = path_.symbol_[s];
          same[symbol] = std::min(same[symbol], Next(t, tail, s, left, InTail(tail, symbol)));
          again[symbol] = std::min(again[symbol], Next(t, tail, s, left, true));
        }
        const Two best = BestTwo([&](int symbol) { return same[symbol]; }, symbols_);
        for (int oldest = 0; oldest < Olds(); ++oldest) {
          int64_t value = best.first;
          if (Violates(oldest, tail, oldest)) {
            value = std::min(oldest == best.which ? best.second : best.first, again[oldest]);
          }
          Ahead(t, oldest * tails_ + tail, left) = value;
        }
      }
    }
  }
  int64_t Next(int t, int tail, int s, int left, bool violates) {
    const int after = left - (violates ? 1 : 0);
    if (after < 0) return kNever;
    const int64_t price = Price(t, s);
    const int64_t rest = Ahead(t + 1, After(tail, path_.symbol_[s]), after);
    return price >= kNever || rest >= kNever ? kNever : price + rest;
  }

  struct Two {
    int64_t first = kNever, second = kNever;
    int which = -1;  // the first
  };
  template <class Value>
  static Two BestTwo(Value value, int count) {
    Two two;
    for (int i = 0; i < count; ++i) {
      const int64_t now = value(i);
      if (now < two.first) {
        two = {now, two.first, i};
      } else {
        two.second = std::min(two.second, now);
      }
    }
    return two;
  }

  void Follow(int state, Best& best) {
    int left = levels_ - 1;
    for (int t = 0; t < ground_.terms(); ++t) {
      const int oldest = spaced_ ? state / tails_ : 0;
      const int tail = spaced_ ? state % tails_ : 0;
      for (int s = First(t); s < Last(t); ++s) {
        const bool violates = Violates(oldest, tail, path_.symbol_[s]);
        if (Next(t, tail, s, left, violates) != Ahead(t, state, left)) continue;
        best.sectors.push_back(s);
        state = After(tail, path_.symbol_[s]);
        left -= violates ? 1 : 0;
        break;
      }
    }
  }

  // The surplus of each sector in each term: the cheapest way there, and on from there.
  void Compare(int start, Best& best) {
    best.surplus.assign(region_.sectors.size(), kNever);
    std::vector<int64_t> behind(layer_, kNever), next;
    behind[start * levels_ + levels_ - 1] = 0;
    for (int t = 0; t < ground_.terms(); ++t) {
      next.assign(layer_, kNever);
      for (int tail = 0; tail < tails_; ++tail) {
        for (int left = 0; left < levels_; ++left) Spread(t, tail, left, behind, next, best);
      }
      behind.swap(next);
    }
  }
  void Spread(int t, int tail, int left, const std::vector<int64_t>& behind,
              std::vector<int64_t>& next, Best& best) {
    const auto there = [&](int oldest) {
      return behind[(oldest * tails_ + tail) * levels_ + left];
    };
    const Two nearest = BestTwo(there, Olds());
    if (nearest.first >= kNever) return;
    const auto reach = [&](int s, int to_left, int64_t value) {
      if (value >= kNever || to_left < 0 || Price(t, s) >= kNever) return;
      const int state = After(tail, path_.symbol_[s]);
      value += Price(t, s);
      int64_t& to = next[state * levels_ + to_left];
      to = std::min(to, value);
      const int64_t ahead = Ahead(t + 1, state, to_left);
      if (ground_.block(t) < 0 || ahead >= kNever) return;
      int64_t& surplus = best.surplus[t * sectors_ + s];
      surplus = std::min(surplus, value + ahead - best.cost);
    };
    for (int s = First(t); s < Last(t); ++s) {
      const int symbol = path_.symbol_[s];
      if (InTail(tail, symbol)) {
        reach(s, left - 1, nearest.first);
      } else if (!Violates(symbol, tail, symbol)) {
        reach(s, left, nearest.first);
      } else {
        reach(s, left, symbol == nearest.which ? nearest.second : nearest.first);
        reach(s, left - 1, there(symbol));
      }
    }
  }

  const SectorPath& path_;
  const Ground& ground_;
  const Region& region_;
  const std::vector<int64_t>& prices_;
  const int symbols_, none_, sectors_, levels_;
  const bool spaced_;
  const int tails_;
  const size_t layer_;          // entries a term
  std::vector<int64_t> ahead_;  // by term, state and violations left
  std::vector<char> in_tail_;   // by tail and symbol
};

std::optional<SectorPath::Best> SectorPath::Find(const Region& region, const Target& target,
                                                 const std::vector<int64_t>& prices) const {
  return Run(*this, region, target, prices).Find();
}

}  // namespace jinhuan::alliance::rotation
