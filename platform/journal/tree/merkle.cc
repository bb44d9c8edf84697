#include "platform/journal/tree/merkle.h"

#include <algorithm>
#include <bit>

#include "platform/status/status_macros.h"

namespace jinhuan::journal::tree {
namespace {

// The largest power of two below `size`, which is 2 or more.
int64_t Split(int64_t size) { return int64_t(std::bit_floor(static_cast<uint64_t>(size - 1))); }

bool IsPowerOfTwo(int64_t n) { return std::has_single_bit(static_cast<uint64_t>(n)); }

}  // namespace

std::vector<NodeId> Subtrees(Range range) {
  std::vector<NodeId> nodes;
  while (range.begin < range.end) {
    const int64_t length = range.end - range.begin;
    const int level = 63 - std::countl_zero(static_cast<uint64_t>(length));
    nodes.push_back({level, range.begin >> level});
    range.begin += int64_t{1} << level;
  }
  return nodes;
}

std::vector<Range> InclusionRanges(int64_t index, int64_t size) {
  std::vector<Range> ranges;
  Range tree{0, size};
  while (tree.end - tree.begin > 1) {
    const int64_t middle = tree.begin + Split(tree.end - tree.begin);
    if (index < middle) {
      ranges.push_back({middle, tree.end});
      tree.end = middle;
    } else {
      ranges.push_back({tree.begin, middle});
      tree.begin = middle;
    }
  }
  std::reverse(ranges.begin(), ranges.end());
  return ranges;
}

std::vector<Range> ConsistencyRanges(int64_t from, int64_t size) {
  std::vector<Range> ranges;
  if (from == 0 || from == size) return ranges;
  Range tree{0, size};
  bool known = true;  // whether the verifier has the root of [tree.begin, from)
  while (from != tree.end) {
    const int64_t middle = tree.begin + Split(tree.end - tree.begin);
    if (from <= middle) {
      ranges.push_back({middle, tree.end});
      tree.end = middle;
    } else {
      ranges.push_back({tree.begin, middle});
      tree.begin = middle;
      known = false;
    }
  }
  if (!known) ranges.push_back(tree);
  std::reverse(ranges.begin(), ranges.end());
  return ranges;
}

absl::StatusOr<Hash> RootOf(const Hasher& hasher, Range range, ReadNode read) {
  const std::vector<NodeId> nodes = Subtrees(range);
  if (nodes.empty()) return hasher.Empty();
  Hash root;
  for (auto node = nodes.rbegin(); node != nodes.rend(); ++node) {
    JH_ASSIGN_OR_RETURN(const Hash hash, read(*node));
    root = root.empty() ? hash : hasher.Node(hash, root);
  }
  return root;
}

absl::StatusOr<std::vector<Hash>> Prove(const Hasher& hasher, const std::vector<Range>& ranges,
                                        ReadNode read) {
  std::vector<Hash> path;
  for (const Range& range : ranges) {
    JH_ASSIGN_OR_RETURN(Hash root, RootOf(hasher, range, read));
    path.push_back(std::move(root));
  }
  return path;
}

bool VerifyInclusion(const Hasher& hasher, int64_t index, int64_t size, const Hash& leaf,
                     const std::vector<Hash>& path, const Hash& root) {
  if (index < 0 || index >= size) return false;
  int64_t node = index;
  int64_t last = size - 1;
  Hash hash = leaf;
  for (const Hash& sibling : path) {
    if (last == 0 || sibling.size() != kHashBytes) return false;
    if (node % 2 == 1 || node == last) {
      hash = hasher.Node(sibling, hash);
      while (node % 2 == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      hash = hasher.Node(hash, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && hash == root;
}

bool VerifyConsistency(const Hasher& hasher, int64_t from, int64_t size,
                       const std::vector<Hash>& path, const Hash& from_root, const Hash& root) {
  if (from < 0 || from > size) return false;
  if (from == 0) return path.empty() && from_root == hasher.Empty();
  if (from == size) return path.empty() && from_root == root;
  std::vector<Hash> hashes = path;
  if (IsPowerOfTwo(from)) hashes.insert(hashes.begin(), from_root);
  if (path.empty()) return false;
  int64_t node = from - 1;
  int64_t last = size - 1;
  while (node % 2 == 1) {
    node >>= 1;
    last >>= 1;
  }
  Hash old_hash = hashes[0];
  Hash hash = hashes[0];
  for (size_t i = 0; i < hashes.size(); ++i) {
    if (hashes[i].size() != kHashBytes) return false;
    if (i == 0) continue;
    if (last == 0) return false;
    if (node % 2 == 1 || node == last) {
      old_hash = hasher.Node(hashes[i], old_hash);
      hash = hasher.Node(hashes[i], hash);
      while (node % 2 == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      hash = hasher.Node(hash, hashes[i]);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && old_hash == from_root && hash == root;
}

void Frontier::Append(const Hasher& hasher, Hash leaf,
                      absl::FunctionRef<void(NodeId, const Hash&)> add) {
  NodeId id{0, size_};
  Hash hash = std::move(leaf);
  add(id, hash);
  while (id.index % 2 == 1) {
    hash = hasher.Node(peaks_.back(), hash);
    peaks_.pop_back();
    id = {id.level + 1, id.index >> 1};
    add(id, hash);
  }
  peaks_.push_back(std::move(hash));
  ++size_;
}

}  // namespace jinhuan::journal::tree
