#pragma once

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace jinhuan::alliance::rotation {

// The edges of an assignment problem, row by row.
template <class Weight>
class Edges {
 public:
  void Add(int column, const Weight& cost) { edges_.push_back({column, cost}); }
  void EndRow() { ends_.push_back(edges_.size()); }

  struct Edge {
    int column;
    Weight cost;
  };
  int rows() const { return static_cast<int>(ends_.size()); }
  const Edge* begin(int row) const { return edges_.data() + (row == 0 ? 0 : ends_[row - 1]); }
  const Edge* end(int row) const { return edges_.data() + ends_[row]; }

 private:
  std::vector<Edge> edges_;
  std::vector<size_t> ends_;
};

// A cheapest assignment of every row to a column of its own, and the proof of it:
// row_dual[i] + column_dual[j] <= cost(i, j), equal where i has j; column_dual <= 0,
// and 0 for the columns left over.
template <class Weight>
struct Assignment {
  std::vector<int> column_of_row;
  std::vector<Weight> row_dual, column_dual;
  Weight cost{};
};

// Shortest augmenting paths with potentials (Kuhn, Munkres; Jonker and Volgenant), in
// O(rows² · columns). Weight is an ordered group: integers, or tuples of them in their
// order. Nothing when the rows can't all be assigned.
template <class Weight>
std::optional<Assignment<Weight>> Assign(int columns, const Edges<Weight>& edges) {
  const int rows = edges.rows();
  Assignment<Weight> result{std::vector<int>(rows, -1), std::vector<Weight>(rows, Weight{}),
                            std::vector<Weight>(columns, Weight{})};
  enum State : char { kUnseen, kOpen, kFinal };
  std::vector<State> state(columns);
  std::vector<int> row_of(columns, -1);
  std::vector<Weight> distance(columns);  // from the row that is being assigned
  std::vector<int> from(columns);         // the row before, on the way there
  std::vector<int> open, tree;            // columns; those of the tree are final and assigned
  for (int start = 0; start < rows; ++start) {
    std::fill(state.begin(), state.end(), kUnseen);
    open.clear();
    tree.clear();
    int row = start, last = -1;
    Weight so_far{};
    while (true) {
      const Weight base = so_far - result.row_dual[row];
      for (const auto* edge = edges.begin(row); edge != edges.end(row); ++edge) {
        const int j = edge->column;
        if (state[j] == kFinal) continue;
        const Weight through = edge->cost - result.column_dual[j] + base;
        if (state[j] == kUnseen) {
          state[j] = kOpen;
          open.push_back(j);
        } else if (!(through < distance[j])) {
          continue;
        }
        distance[j] = through;
        from[j] = row;
      }
      if (open.empty()) return std::nullopt;
      // Of the nearest a free one, if there is.
      size_t best = 0;
      for (size_t k = 1; k < open.size(); ++k) {
        const Weight& one = distance[open[k]];
        const Weight& other = distance[open[best]];
        if (one < other || (!(other < one) && row_of[open[k]] < 0)) best = k;
      }
      last = open[best];
      so_far = distance[last];
      state[last] = kFinal;
      open[best] = open.back();
      open.pop_back();
      if (row_of[last] < 0) break;
      tree.push_back(last);
      row = row_of[last];
    }
    result.row_dual[start] = result.row_dual[start] + so_far;
    for (const int j : tree) {
      const Weight slack = so_far - distance[j];
      result.column_dual[j] = result.column_dual[j] - slack;
      result.row_dual[row_of[j]] = result.row_dual[row_of[j]] + slack;
    }
    for (int j = last, i = -1; i != start;) {
      i = from[j];
      row_of[j] = i;
      std::swap(j, result.column_of_row[i]);
    }
  }
  for (const Weight& dual : result.row_dual) result.cost = result.cost + dual;
  for (const Weight& dual : result.column_dual) result.cost = result.cost + dual;
  return result;
}

}  // namespace jinhuan::alliance::rotation
