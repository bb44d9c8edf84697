#include "alliance-svc/domain/rotation_face.h"

#include "alliance-svc/domain/rotation_assignment.h"

namespace jinhuan::alliance::rotation {
namespace {

// The first two parts of the cost.
struct Weight {
  int64_t changes = 0;
  Credit inversions = 0;

  auto operator<=>(const Weight&) const = default;
  Weight operator+(const Weight& other) const {
    return {changes + other.changes, inversions + other.inversions};
  }
  Weight operator-(const Weight& other) const {
    return {changes - other.changes, inversions - other.inversions};
  }
};

Block MakeBlock(const Pool& pool, const Cycle& cycle) {
  Block block;
  block.terms = cycle.terms;
  block.units = cycle.units;
  const int rows = block.rows();
  const int width = block.width();
  Edges<Weight> edges;
  for (int i = 0; i < rows; ++i) {
    const int term = cycle.terms[i];
    for (int j = 0; j < width; ++j) {
      const int unit = cycle.units[j];
      if (!pool.CanServe(unit, term)) continue;
      const int published = pool.published(term);
      edges.Add(j, {published != Pool::kNobody && published != unit ? 1 : 0,
                    cycle.credit[unit] * (rows - i)});
    }
    edges.EndRow();
  }
  // The cycle was made so that there is one.
  const Assignment<Weight> best = Assign(width, edges).value();
  block.columns = best.column_of_row;
  block.tight.resize(rows * width);
  for (int i = 0; i < rows; ++i) {
    for (const auto* edge = edges.begin(i); edge != edges.end(i); ++edge) {
      block.tight[i * width + edge->column] =
          edge->cost == best.row_dual[i] + best.column_dual[edge->column];
    }
  }
  for (const Weight& dual : best.column_dual) block.must.push_back(dual < Weight{});
  return block;
}

}  // namespace

std::vector<Block> MakeFace(const Pool& pool, const std::vector<Cycle>& cycles) {
  std::vector<Block> blocks;
  for (const Cycle& cycle : cycles) blocks.push_back(MakeBlock(pool, cycle));
  return blocks;
}

}  // namespace jinhuan::alliance::rotation
