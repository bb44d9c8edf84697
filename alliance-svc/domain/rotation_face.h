#pragma once

#include <vector>

#include "alliance-svc/domain/rotation_cycles.h"

namespace jinhuan::alliance::rotation {

// The part of one cycle that matters once published changes and credit inversions are
// the least possible: rows are its free terms, columns the units that may serve in it.
// The best plans of the cycle are exactly the assignments that use tight edges only and
// leave out no column that must serve.
struct Block {
  std::vector<int> terms;  // by row
  std::vector<int> units;  // by column
  std::vector<char> tight;
  std::vector<char> must;    // by column
  std::vector<int> columns;  // by row: one of the best plans

  int rows() const { return static_cast<int>(terms.size()); }
  int width() const { return static_cast<int>(units.size()); }
  bool Tight(int row, int column) const { return tight[row * width() + column] != 0; }
};

// The blocks, one for each cycle. The first two parts of the cost are separate for each
// cycle and linear: for whoever has position i of L free terms the inversions count
// credit · (L - i), less a constant. So they are one assignment problem, and its duals
// show the edges that a best plan can use.
std::vector<Block> MakeFace(const Pool& pool, const std::vector<Cycle>& cycles);

}  // namespace jinhuan::alliance::rotation
