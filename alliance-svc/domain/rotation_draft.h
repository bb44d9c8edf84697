#pragma once

#include <utility>
#include <vector>

#include "alliance-svc/domain/rotation_face.h"

namespace jinhuan::alliance::rotation {

// What is left to decide once the blocks are known, and what it costs.
class Ground {
 public:
  Ground(const Pool& pool, const std::vector<Block>& blocks);

  const Pool& pool() const { return *pool_; }
  const std::vector<Block>& blocks() const { return *blocks_; }
  int terms() const { return pool_->terms(); }
  int sectors() const { return pool_->sectors(); }
  // The block of a term, -1 for a frozen one, and the row in it.
  int block(int term) const { return block_[term]; }
  int row(int term) const { return row_[term]; }
  // The column of a unit in a block, -1 if it has none.
  int column(int block, int unit) const { return column_[block][unit]; }
  // How many units of a sector a block has.
  int SectorSize(int block, int sector) const { return size_[block][sector]; }
  // The sector of a chair; sectors() for a stranger's, which is like no other.
  int SectorOf(int chair) const { return chair < 0 ? sectors() : pool_->sector(chair); }
  // Whether a best plan can have the unit in the free term, as far as edges tell.
  bool Tight(int term, int unit) const;
  bool Must(int term, int unit) const;
  int window() const { return window_; }

 private:
  const Pool* pool_;
  const std::vector<Block>* blocks_;
  int window_;
  std::vector<int> block_, row_;
  std::vector<std::vector<int>> column_, size_;
};

// Spacing violations and unmet preferences.
using SoftCost = std::pair<int, int>;

// A plan in the making: the chairs by term, as units of the pool.
class Draft {
 public:
  // One of the best plans of each block.
  explicit Draft(const Ground& ground);
  // The chairs by term, each one that a best plan can have there.
  Draft(const Ground& ground, const std::vector<int>& chairs);

  int chair(int term) const { return chairs_[term]; }
  const SoftCost& cost() const { return cost_; }
  // Gives a free term to a unit.
  void Set(int term, int unit);
  // Makes it cheaper by exchanging the chairs of two terms of a cycle, or a chair and a
  // unit that the horizon leaves out, until no such exchange helps; keeps to tight edges
  // and leaves terms that have a unit in `only` to it.
  void Improve(const std::vector<int>& only);
  // Gives the term to the unit by one such exchange; whether there is one.
  bool Exchange(int term, int unit, const std::vector<int>& only);

 private:
  bool Violates(int term) const;
  int ViolationsAfter(int term) const;
  bool ImproveTerm(int term, const std::vector<int>& only);

  const Ground* ground_;
  std::vector<int> chairs_;
  std::vector<int> sector_;  // of the terms before the horizon, then by term
  SoftCost cost_{0, 0};
  std::vector<std::vector<int>> term_of_;  // by block and column, -1: left out
};

}  // namespace jinhuan::alliance::rotation
