#pragma once

#include <cstdint>
#include <tuple>
#include <vector>

#include "alliance-svc/domain/rotation_plan.h"

namespace jinhuan::alliance::rotation {

// A term given to one unit, as an alternative asks for it.
struct Forced {
  int term = -1;  // -1: none
  std::string member;
};

// A problem by numbers: units in the order of their names, so that nothing depends on
// the order in which they came, and sectors from 0. Keeps a reference to the problem.
class Pool {
 public:
  static constexpr int kNobody = -1;    // a free term, nothing published
  static constexpr int kStranger = -2;  // somebody who is not among the units

  explicit Pool(const Problem& problem, const Forced& forced = {});

  const Problem& problem() const { return *problem_; }
  int terms() const { return problem_->terms; }
  int units() const { return static_cast<int>(units_.size()); }
  int sectors() const { return sectors_; }
  const Unit& unit(int u) const { return *units_[u]; }
  int sector(int u) const { return sector_[u]; }
  // The sectors of the spread_window - 1 terms before the horizon, the last one last;
  // sectors() for one that is unknown.
  const std::vector<int>& sectors_before() const { return sectors_before_; }
  // By term: a unit, kNobody or kStranger.
  int frozen(int term) const { return frozen_[term]; }
  int published(int term) const { return published_[term]; }
  // Whether `u` can take the term; nobody but the forced unit can take a forced term.
  bool CanServe(int u, int term) const {
    return units_[u]->can_serve[term] && (term != forced_term_ || u == forced_unit_);
  }
  bool PrefersNot(int u, int term) const { return units_[u]->prefers_not[term]; }
  // A unit's number, or kStranger.
  int Find(const std::string& member) const;

 private:
  const Problem* problem_;
  std::vector<const Unit*> units_;
  std::vector<int> sector_, sectors_before_, frozen_, published_;
  int sectors_ = 0;
  int forced_term_ = -1;
  int forced_unit_ = kNobody;
};

// Where a unit stands in the order when its credit is `credit` and, if it chaired in
// the horizon, its last term was `served` (else -1). The smallest goes first.
using Standing = std::tuple<Credit, int, int64_t, uint64_t, int>;
inline Standing StandingOf(const Pool& pool, int u, Credit credit, int served) {
  const Unit& unit = pool.unit(u);
  return {credit, served, served < 0 ? unit.waiting_since : 0, unit.lottery, u};
}

}  // namespace jinhuan::alliance::rotation
