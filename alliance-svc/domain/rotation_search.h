#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "alliance-svc/domain/rotation_relaxation.h"

namespace jinhuan::alliance::rotation {

// Finds plans of the blocks that meet a target, or proves that there is none: branch and
// bound over the sectors of the terms, with bounds from Relaxation and exchanges that
// turn its assignments into good plans. Remembers the multipliers of its last proof, for
// the next question is often much the same.
class Search {
 public:
  // Computes at most `effort` bounds in all.
  Search(const Ground& ground, int64_t effort);

  // A plan that meets the target and gives the terms that have a unit in `only` to it
  // (-1: any). Nothing when there is none, or when the effort is spent.
  std::optional<Draft> Find(const Target& target, const std::vector<int>& only);

  // Whether an answer is missing because the effort was spent.
  bool spent() const { return effort_ < 0; }
  int64_t effort_left() const { return effort_; }

 private:
  std::optional<Draft> Explore(const Target& target, Region region,
                               std::vector<int64_t> multipliers, bool root);
  // A plan from the chairs of a bound, made better, if it meets the target then.
  std::optional<Draft> Rounded(const Target& target, const Region& region,
                               const std::vector<int>& chairs) const;
  // The assignment for the path's sectors, if there is one that meets the target.
  std::optional<Draft> Followed(const Target& target, const Region& region,
                                const std::vector<int>& path) const;

  const Ground* ground_;
  Relaxation relaxation_;
  int64_t effort_;
  std::vector<int64_t> proof_;  // multipliers
};

}  // namespace jinhuan::alliance::rotation
