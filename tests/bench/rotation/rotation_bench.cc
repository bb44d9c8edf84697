// Plans the benchmark's alliances; writes, a line each, the name, the median of our
// milliseconds, the cost and the model's objective for it, and beside it the models.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <functional>

#include "tests/bench/rotation/alliance.h"
#include "tests/bench/rotation/model.h"

namespace jinhuan::bench {
namespace {

using alliance::rotation::Alternatives;
using alliance::rotation::MakePlan;
using alliance::rotation::Plan;
using alliance::rotation::Problem;
using alliance::rotation::Validate;

constexpr int kRounds = 5;
constexpr uint64_t kSeed = 1;

double MedianMilliseconds(const std::function<void()>& work) {
  std::vector<double> times;
  for (int i = 0; i < kRounds; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    times.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
            .count());
  }
  std::sort(times.begin(), times.end());
  return times[kRounds / 2];
}

// The plan, so that it can be published next; exits when there is none.
Plan Bench(const std::string& folder, const std::string& name, const Problem& problem) {
  absl::StatusOr<Plan> plan = MakePlan(problem);
  if (!plan.ok() || !Validate(problem, *plan).empty()) {
    std::fprintf(stderr, "%s: no valid plan\n", name.c_str());
    std::exit(1);
  }
  const double ours = MedianMilliseconds([&] { plan = MakePlan(problem); });
  std::string file = folder + "/" + name;
  std::replace(file.begin() + folder.size() + 1, file.end(), ' ', '-');
  std::ofstream pairs(file + ".pairs.lp");
  WriteModel(problem, Spacing::kPairs, pairs);
  if (problem.spread_window == 2) {
    std::ofstream flow(file + ".flow.lp");
    WriteModel(problem, Spacing::kFlow, flow);
  }
  const auto& cost = plan->cost;
  std::printf("%s\t%s\t%.1f\t%ld %ld %ld %ld\t%.0f\n", name.c_str(), file.c_str(), ours,
              cost.published_changes, cost.credit_inversions, cost.spacing_violations,
              cost.unmet_preferences, ObjectiveOf(problem, cost));
  std::fflush(stdout);
  return *plan;
}

void BenchAlternatives(const Problem& problem, const Plan& plan) {
  const double ours =
      MedianMilliseconds([&] { (void)Alternatives(problem, plan, problem.terms / 2); });
  std::fprintf(stderr, "why this unit, %d units x %d terms: %.0f ms\n",
               static_cast<int>(problem.units.size()), problem.terms, ours);
}

void BenchAll(const std::string& folder) {
  const std::vector<Likeness> likenesses = {
      {.name = "60x48"},
      {.name = "200x52", .units = 200, .terms = 52},
      {.name = "60x48 window 3", .window = 3},
      {.name = "60x48 60pct one sector", .largest_sector = 60},
      {.name = "200x52 60pct one sector", .units = 200, .terms = 52, .largest_sector = 60},
      {.name = "60x48 tight", .unavailable = 85},
      {.name = "60x48 tight 60pct equal credit",
       .largest_sector = 60,
       .unavailable = 85,
       .credits = 1},
      {.name = "60x48 tight most unwanted equal credit",
       .largest_sector = 40,
       .unavailable = 80,
       .unwanted = 80,
       .credits = 1},
  };
  for (const Likeness& likeness : likenesses) {
    const Problem problem = MakeAlliance(likeness, kSeed);
    const Plan plan = Bench(folder, likeness.name, problem);
    if (likeness.name == "60x48") BenchAlternatives(problem, plan);
    if (likeness.name != "200x52") continue;
    BenchAlternatives(problem, plan);
    Bench(folder, "200x52 replan 3 gone 2 absent", Republish(problem, plan, 3, 2));
  }
}

}  // namespace
}  // namespace jinhuan::bench

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  jinhuan::bench::BenchAll(argv[1]);
}
