#pragma once

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace jinhuan::alliance::rotation {

// A cheapest assignment of every row to a column of its own, and the proof of it:
// row_dual[i] + column_dual[j] <= cost(i, j), equal where i has j; column_dual <= 0,
// and 0 for the columns left over.
template <class Weight>
struct Assignment {
  std::vector<int> column_of_row;
  std::vector<Weight> row_dual, column_dual;
};

// Shortest augmenting paths with potentials (Kuhn, Munkres; Jonker and Volgenant), in
// O(rows² · columns). `cost` is row by row; entries not below `forbidden` are no edges.
// Weight is an ordered group: integers, or tuples of them in their order. Nothing when
// the rows can't all be assigned.
template <class Weight>
std::optional<Assignment<Weight>> Assign(int rows, int columns, const std::vector<Weight>& cost,
                                         const Weight& forbidden) {
  Assignment<Weight> result{std::vector<int>(rows, -1), std::vector<Weight>(rows, Weight{}),
                            std::vector<Weight>(columns, Weight{})};
  std::vector<int> row_of(columns, -1);
  std::vector<Weight> distance(columns);  // from the row that is being assigned
  std::vector<int> from(columns);         // the row before, on the way there
  std::vector<int> open(columns);         // the columns whose distance isn't final
  std::vector<int> tree;                  // those whose distance is, all assigned
  for (int start = 0; start < rows; ++start) {
    std::fill(distance.begin(), distance.end(), forbidden);
    for (int j = 0; j < columns; ++j) open[j] = j;
    tree.clear();
    int left = columns, row = start, last = -1;
    Weight so_far{};
    while (true) {
      const Weight* costs = &cost[static_cast<size_t>(row) * columns];
      const Weight base = so_far - result.row_dual[row];
      int best = -1;
      for (int k = 0; k < left; ++k) {
        const int j = open[k];
        if (costs[j] < forbidden) {
          const Weight through = costs[j] - result.column_dual[j] + base;
          if (through < distance[j]) {
            distance[j] = through;
            from[j] = row;
          }
        }
        if (distance[j] < forbidden && (best < 0 || distance[j] < distance[open[best]])) best = k;
      }
      if (best < 0) return std::nullopt;
      last = open[best];
      so_far = distance[last];
      open[best] = open[--left];
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
  return result;
}

}  // namespace jinhuan::alliance::rotation
