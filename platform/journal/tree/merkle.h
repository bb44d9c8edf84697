#pragma once

#include <compare>
#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "platform/journal/tree/hasher.h"

namespace jinhuan::journal::tree {

// A complete subtree: the leaves [index << level, (index + 1) << level). Level 0
// are the leaves themselves.
struct NodeId {
  int level = 0;
  int64_t index = 0;
  auto operator<=>(const NodeId&) const = default;
};

// The leaves [begin, end).
struct Range {
  int64_t begin = 0;
  int64_t end = 0;
};

// The fewest complete subtrees that make up [0, size) or a range of a proof, from
// left to right: at most one a level.
std::vector<NodeId> Subtrees(Range range);

// Proofs as RFC 6962, section 2.1 (RFC 9162, 2.1.3 and 2.1.4) defines them: the
// ranges whose roots are the proof, in its order. `index` < `size`; `from` <=
// `size`. The proof from size 0, and that of a size with itself, is empty.
std::vector<Range> InclusionRanges(int64_t index, int64_t size);
std::vector<Range> ConsistencyRanges(int64_t from, int64_t size);

// Reads the hash of a complete subtree.
using ReadNode = absl::FunctionRef<absl::StatusOr<Hash>(NodeId)>;

// The root of [0, size), or of a range of a proof, from complete subtrees; H() for
// an empty one. Reads at most one node a level.
absl::StatusOr<Hash> RootOf(const Hasher& hasher, Range range, ReadNode read);

// The roots of `ranges`. A proof in a tree of n leaves takes at most 2 log2 n
// reads: no more than one of its ranges is not a complete subtree.
absl::StatusOr<std::vector<Hash>> Prove(const Hasher& hasher, const std::vector<Range>& ranges,
                                        ReadNode read);

// Whether `path` leads from the leaf to the root (RFC 9162, 2.1.3.2), and from the
// tree of size `from` to that of `size` (2.1.4.2). Any numbers and bytes may be
// passed.
bool VerifyInclusion(const Hasher& hasher, int64_t index, int64_t size, const Hash& leaf,
                     const std::vector<Hash>& path, const Hash& root);
bool VerifyConsistency(const Hasher& hasher, int64_t from, int64_t size,
                       const std::vector<Hash>& path, const Hash& from_root, const Hash& root);

// The right edge of a tree that grows: the roots of Subtrees({0, size}).
class Frontier {
 public:
  Frontier() = default;
  Frontier(int64_t size, std::vector<Hash> peaks) : size_(size), peaks_(std::move(peaks)) {}

  // Adds a leaf, and calls `add` for each subtree that becomes complete with it,
  // the leaf first: two a leaf on average.
  void Append(const Hasher& hasher, Hash leaf, absl::FunctionRef<void(NodeId, const Hash&)> add);

  int64_t size() const { return size_; }

 private:
  int64_t size_ = 0;
  std::vector<Hash> peaks_;
};

}  // namespace jinhuan::journal::tree
