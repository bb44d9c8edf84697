#include "tests/bench/rotation/model.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "alliance-svc/domain/rotation_cycles.h"

namespace jinhuan::bench {
namespace {

using alliance::rotation::Cost;
using alliance::rotation::Credit;
using alliance::rotation::Cycle;
using alliance::rotation::kFullTerm;
using alliance::rotation::MakeCycles;
using alliance::rotation::Pool;
using alliance::rotation::Problem;

constexpr Credit kQuarter = kFullTerm / 4;

struct Weights {
  double spacing, inversions, changes;
};

Weights WeightsFor(const Pool& pool, const std::vector<Cycle>& cycles) {
  const double spacing = pool.terms() + 1;
  const double inversions = spacing * spacing;
  double most = 1;
  for (const Cycle& cycle : cycles) {
    const Credit highest = *std::max_element(cycle.credit.begin(), cycle.credit.end());
    for (size_t i = 0; i < cycle.terms.size(); ++i)
      most += static_cast<double>(highest / kQuarter) * static_cast<double>(i + 1);
  }
  return {spacing, inversions, inversions * most};
}

class Writer {
 public:
  Writer(const Problem& problem, std::ostream& out)
      : pool_(problem), cycles_(MakeCycles(pool_)), out_(out), of_(problem.terms) {}

  void Write(Spacing spacing) {
    const Weights weights = WeightsFor(pool_, cycles_);
    out_ << "\\ who chairs which term\nMinimize\n cost:";
    for (const Cycle& cycle : cycles_) Assignments(cycle, weights);
    for (int t = 0; t < pool_.terms(); ++t) Term(weights.spacing, "v" + std::to_string(t));
    out_ << "\nSubject To\n" << rows_;
    for (const auto& [column, once] : turns_) out_ << once << "\n";
    if (spacing == Spacing::kPairs || pool_.problem().spread_window != 2) {
      Pairs();
    } else {
      Flow();
    }
    out_ << "Bounds\n";
    for (int t = 0; t < pool_.terms(); ++t) out_ << " 0 <= v" << t << " <= 1\n";
    out_ << "Binary\n";
    for (const std::string& name : binaries_) out_ << ' ' << name << "\n";
    out_ << "End\n";
  }

 private:
  void Term(double weight, const std::string& name) {
    if (weight != 0) out_ << " + " << static_cast<int64_t>(weight) << ' ' << name << "\n";
  }

  void Assignments(const Cycle& cycle, const Weights& weights) {
    const int number = static_cast<int>(&cycle - cycles_.data());
    const int length = static_cast<int>(cycle.terms.size());
    for (int i = 0; i < length; ++i) {
      const int t = cycle.terms[i];
      std::string row;
      for (const int u : cycle.units) {
        if (!pool_.CanServe(u, t)) continue;
        const std::string name = "x" + std::to_string(u) + "_" + std::to_string(t);
        binaries_.push_back(name);
        double weight =
            static_cast<double>(cycle.credit[u] / kQuarter * (length - i)) * weights.inversions;
        const int published = pool_.published(t);
        if (published != Pool::kNobody && published != u) weight += weights.changes;
        if (pool_.PrefersNot(u, t)) weight += 1;
        Term(weight, name);
        row += " + " + name;
        of_[t][pool_.sector(u)] += " + " + name;
        turns_[{number, u}] += " + " + name;
      }
      rows_ += " t" + std::to_string(t) + ":" + row + " = 1\n";
    }
    for (auto& [turn, once] : turns_) {
      if (turn.first == number) {
        once = " u" + std::to_string(turn.second) + "_" + std::to_string(number) + ":" + once +
               " <= 1";
      }
    }
  }

  void Pairs() {
    const std::vector<int>& before = pool_.sectors_before();
    const int window = static_cast<int>(before.size()) + 1;
    for (int t = 0; t < pool_.terms(); ++t) {
      for (const auto& [sector, members] : of_[t]) {
        for (int k = 1; k < window; ++k) {
          const int earlier = t - k;
          if (earlier < 0) {
            if (before[before.size() + earlier] == sector) {
              out_ << " v" << t << Minus(members) << " >= 0\n";
            }
          } else if (of_[earlier].contains(sector)) {
            out_ << " v" << t << Minus(members) << Minus(of_[earlier].at(sector)) << " >= -1\n";
          }
        }
      }
    }
  }

  // z<t>_<a>_<b>: sector a has term t - 1 and b has term t.
  void Flow() {
    const auto step = [](int t, int a, int b) {
      return " + z" + std::to_string(t) + "_" + std::to_string(a) + "_" + std::to_string(b);
    };
    for (const auto& [sector, members] : of_[0]) {
      if (pool_.sectors_before()[0] == sector) out_ << " v0" << Minus(members) << " >= 0\n";
    }
    for (int t = 1; t < pool_.terms(); ++t) {
      std::string same;
      for (const auto& [b, members] : of_[t]) {
        std::string in;
        for (const auto& [a, others] : of_[t - 1]) in += step(t, a, b);
        out_ << in << Minus(members) << " = 0\n";
        if (of_[t - 1].contains(b)) same += Minus(step(t, b, b));
      }
      for (const auto& [a, members] : of_[t - 1]) {
        std::string out;
        for (const auto& [b, others] : of_[t]) out += step(t, a, b);
        out_ << out << Minus(members) << " = 0\n";
      }
      out_ << " v" << t << same << " >= 0\n";
    }
  }

  static std::string Minus(std::string sum) {
    std::replace(sum.begin(), sum.end(), '+', '-');
    return sum;
  }

  Pool pool_;
  std::vector<Cycle> cycles_;
  std::ostream& out_;
  std::string rows_;
  std::vector<std::string> binaries_;
  std::map<std::pair<int, int>, std::string> turns_;  // by cycle and unit
  std::vector<std::map<int, std::string>> of_;        // by term and sector: its units, summed
};

}  // namespace

void WriteModel(const Problem& problem, Spacing spacing, std::ostream& out) {
  Writer(problem, out).Write(spacing);
}

double ObjectiveOf(const Problem& problem, const Cost& cost) {
  const Pool pool(problem);
  const std::vector<Cycle> cycles = MakeCycles(pool);
  const Weights weights = WeightsFor(pool, cycles);
  Credit inversions = cost.credit_inversions;
  for (const Cycle& cycle : cycles) inversions += cycle.least;
  return weights.changes * static_cast<double>(cost.published_changes) +
         weights.inversions * static_cast<double>(inversions / kQuarter) +
         weights.spacing * static_cast<double>(cost.spacing_violations) +
         static_cast<double>(cost.unmet_preferences);
}

}  // namespace jinhuan::bench
