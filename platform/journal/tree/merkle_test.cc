#include "platform/journal/tree/merkle.h"

#include <absl/strings/escaping.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <map>
#include <random>

namespace jinhuan::journal::tree {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string Hex(const std::string& bytes) { return absl::BytesToHexString(bytes); }
std::string FromHex(const std::string& hex) { return absl::HexStringToBytes(hex); }

// A tree in memory, grown leaf by leaf, that counts its reads.
class Tree {
 public:
  explicit Tree(Algorithm algorithm) : hasher_(algorithm) {}

  void Add(Hash leaf) {
    leaves_.push_back(leaf);
    frontier_.Append(hasher_, std::move(leaf), [this](NodeId id, const Hash& hash) {
      EXPECT_TRUE(nodes_.emplace(id, hash).second);
    });
  }
  absl::StatusOr<Hash> Read(NodeId id) {
    ++reads_;
    const auto found = nodes_.find(id);
    if (found == nodes_.end()) return absl::NotFoundError("not a complete subtree");
    return found->second;
  }
  Hash Root(int64_t size) {
    return *RootOf(hasher_, {0, size}, [this](NodeId id) { return Read(id); });
  }
  std::vector<Hash> Proof(const std::vector<Range>& ranges) {
    auto proof = Prove(hasher_, ranges, [this](NodeId id) { return Read(id); });
    EXPECT_TRUE(proof.ok()) << proof.status();
    return proof.value_or(std::vector<Hash>());
  }
  std::vector<Hash> Inclusion(int64_t index, int64_t size) {
    return Proof(InclusionRanges(index, size));
  }
  std::vector<Hash> Consistency(int64_t from, int64_t size) {
    return Proof(ConsistencyRanges(from, size));
  }
  // MTH, PATH and SUBPROOF as RFC 6962 writes them: by recursion over the leaves.
  Hash NaiveRoot(int64_t begin, int64_t end) const {
    if (begin == end) return hasher_.Empty();
    if (end - begin == 1) return leaves_[static_cast<size_t>(begin)];
    const int64_t middle = begin + HalfOf(end - begin);
    return hasher_.Node(NaiveRoot(begin, middle), NaiveRoot(middle, end));
  }
  std::vector<Hash> NaivePath(int64_t index, int64_t begin, int64_t end) const {
    if (end - begin == 1) return {};
    const int64_t middle = begin + HalfOf(end - begin);
    auto path = index < middle ? NaivePath(index, begin, middle) : NaivePath(index, middle, end);
    path.push_back(index < middle ? NaiveRoot(middle, end) : NaiveRoot(begin, middle));
    return path;
  }
  std::vector<Hash> NaiveSubproof(int64_t from, int64_t begin, int64_t end, bool known) const {
    if (from == end) return known ? std::vector<Hash>() : std::vector{NaiveRoot(begin, end)};
    const int64_t middle = begin + HalfOf(end - begin);
    auto proof = from <= middle ? NaiveSubproof(from, begin, middle, known)
                                : NaiveSubproof(from, middle, end, false);
    proof.push_back(from <= middle ? NaiveRoot(middle, end) : NaiveRoot(begin, middle));
    return proof;
  }

  const Hasher& hasher() const { return hasher_; }
  int64_t size() const { return frontier_.size(); }
  size_t nodes() const { return nodes_.size(); }
  int TakeReads() { return std::exchange(reads_, 0); }

 private:
  static int64_t HalfOf(int64_t size) {
    int64_t half = 1;
    while (half * 2 < size) half *= 2;
    return half;
  }

  Hasher hasher_;
  Frontier frontier_;
  std::vector<Hash> leaves_;
  std::map<NodeId, Hash> nodes_;
  int reads_ = 0;
};

Tree Numbered(Algorithm algorithm, int64_t size) {
  Tree tree(algorithm);
  for (int64_t i = 0; i < size; ++i) tree.Add(tree.hasher().Leaf("", fmt::format("leaf {}", i)));
  return tree;
}

// The eight leaves of the Certificate Transparency reference tests.
class PublishedTree : public ::testing::Test {
 protected:
  PublishedTree() {
    for (const char* leaf : {"", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                             "606162636465666768696a6b6c6d6e6f"}) {
      tree_.Add(tree_.hasher().Leaf("", FromHex(leaf)));
    }
  }
  static std::vector<std::string> Hexes(const std::vector<Hash>& hashes) {
    std::vector<std::string> hexes;
    for (const Hash& hash : hashes) hexes.push_back(Hex(hash));
    return hexes;
  }
  Tree tree_{Algorithm::kSha256};
};

TEST_F(PublishedTree, HasThePublishedRoots) {
  const char* const roots[] = {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                               "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                               "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                               "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                               "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                               "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                               "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                               "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                               "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  for (int64_t size = 0; size <= 8; ++size) EXPECT_EQ(Hex(tree_.Root(size)), roots[size]) << size;
}

TEST_F(PublishedTree, HasThePublishedProofs) {
  const std::string l0 = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
  const std::string l1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
  const std::string l4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
  const std::string l6 = "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f";
  const std::string n01 = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125";
  const std::string n23 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
  const std::string n45 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
  const std::string n67 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
  const std::string n03 = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7";
  const std::string n47 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
  EXPECT_THAT(Hexes(tree_.Inclusion(0, 1)), IsEmpty());
  EXPECT_THAT(Hexes(tree_.Inclusion(0, 8)), ElementsAre(l1, n23, n47));
  EXPECT_THAT(Hexes(tree_.Inclusion(5, 8)), ElementsAre(l4, n67, n03));
  EXPECT_THAT(Hexes(tree_.Inclusion(2, 3)), ElementsAre(n01));
  EXPECT_THAT(Hexes(tree_.Inclusion(1, 5)), ElementsAre(l0, n23, l4));
  EXPECT_THAT(Hexes(tree_.Consistency(1, 1)), IsEmpty());
  EXPECT_THAT(Hexes(tree_.Consistency(1, 8)), ElementsAre(l1, n23, n47));
  EXPECT_THAT(Hexes(tree_.Consistency(6, 8)), ElementsAre(n45, n67, n03));
  EXPECT_THAT(Hexes(tree_.Consistency(6, 7)), ElementsAre(n45, l6, n03));
  EXPECT_THAT(Hexes(tree_.Consistency(2, 5)), ElementsAre(n23, l4));
}

// GB/T 32905, A.1 and A.2; FIPS 180-4's "abc".
TEST(HasherTest, KnowsThePublishedDigests) {
  EXPECT_EQ(Hex(Hasher(Algorithm::kSm3).Of("abc")),
            "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
  std::string sixteen_times;
  for (int i = 0; i < 16; ++i) sixteen_times += "abcd";
  EXPECT_EQ(Hex(Hasher(Algorithm::kSm3).Of(sixteen_times)),
            "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
  EXPECT_EQ(Hex(Hasher(Algorithm::kSha256).Of("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(HasherTest, TellsLeavesFromNodes) {
  const Hasher hasher(Algorithm::kSm3);
  EXPECT_EQ(hasher.Leaf("salt", "record"), hasher.Of(std::string("\0saltrecord", 11)));
  EXPECT_EQ(hasher.Node("left", "right"), hasher.Of("\1leftright"));
}

class EveryTree : public ::testing::TestWithParam<Algorithm> {};
INSTANTIATE_TEST_SUITE_P(Merkle, EveryTree, ::testing::Values(Algorithm::kSm3, Algorithm::kSha256),
                         [](const auto& each) { return std::string(NameOf(each.param)); });

// Every inclusion proof of every leaf in every size up to 64.
TEST_P(EveryTree, ProvesInclusionAsTheDefinitionDoes) {
  Tree tree = Numbered(GetParam(), 64);
  for (int64_t size = 1; size <= tree.size(); ++size) {
    const Hash root = tree.Root(size);
    ASSERT_EQ(root, tree.NaiveRoot(0, size)) << size;
    for (int64_t index = 0; index < size; ++index) {
      const std::vector<Hash> path = tree.Inclusion(index, size);
      ASSERT_EQ(path, tree.NaivePath(index, 0, size)) << index << " in " << size;
      const Hash leaf = tree.NaiveRoot(index, index + 1);
      EXPECT_TRUE(VerifyInclusion(tree.hasher(), index, size, leaf, path, root));
      // Nothing else holds: another leaf, place, size, root or path.
      EXPECT_FALSE(VerifyInclusion(tree.hasher(), index, size, root + "x", path, root));
      EXPECT_FALSE(VerifyInclusion(tree.hasher(), index, size, leaf, path, leaf + root));
      EXPECT_FALSE(VerifyInclusion(tree.hasher(), -1 - index, size, leaf, path, root));
      EXPECT_FALSE(VerifyInclusion(tree.hasher(), size, size, leaf, path, root));
      for (int64_t other = 0; other < size; ++other) {
        if (other == index) continue;
        EXPECT_FALSE(VerifyInclusion(tree.hasher(), other, size, leaf, path, root));
      }
      for (size_t i = 0; i < path.size(); ++i) {
        std::vector<Hash> wrong = path;
        wrong[i][7] ^= 1;
        EXPECT_FALSE(VerifyInclusion(tree.hasher(), index, size, leaf, wrong, root));
        wrong = path;
        wrong.erase(wrong.begin() + static_cast<std::ptrdiff_t>(i));
        EXPECT_FALSE(VerifyInclusion(tree.hasher(), index, size, leaf, wrong, root));
        wrong = path;
        wrong.insert(wrong.begin() + static_cast<std::ptrdiff_t>(i), leaf);
        EXPECT_FALSE(VerifyInclusion(tree.hasher(), index, size, leaf, wrong, root));
      }
    }
  }
}

// Every consistency proof between any two sizes up to 64.
TEST_P(EveryTree, ProvesConsistencyAsTheDefinitionDoes) {
  Tree tree = Numbered(GetParam(), 64);
  for (int64_t size = 0; size <= tree.size(); ++size) {
    const Hash root = tree.Root(size);
    for (int64_t from = 0; from <= size; ++from) {
      const Hash from_root = tree.Root(from);
      const std::vector<Hash> path = tree.Consistency(from, size);
      if (from > 0) {
        ASSERT_EQ(path, tree.NaiveSubproof(from, 0, size, true)) << from << " to " << size;
      }
      EXPECT_TRUE(VerifyConsistency(tree.hasher(), from, size, path, from_root, root));
      EXPECT_FALSE(VerifyConsistency(tree.hasher(), size + 1, size, path, from_root, root));
      EXPECT_FALSE(VerifyConsistency(tree.hasher(), -1, size, path, from_root, root));
      EXPECT_FALSE(VerifyConsistency(tree.hasher(), from, size, path, from_root + "x", root));
      std::vector<Hash> longer = path;
      longer.push_back(root);
      EXPECT_FALSE(VerifyConsistency(tree.hasher(), from, size, longer, from_root, root));
      if (from == size) continue;
      if (from > 0) {
        EXPECT_FALSE(VerifyConsistency(tree.hasher(), from, size, path, from_root, from_root));
        EXPECT_FALSE(VerifyConsistency(tree.hasher(), from, size, path, root, root));
      }
      for (size_t i = 0; i < path.size(); ++i) {
        std::vector<Hash> wrong = path;
        wrong[i][31] ^= 0x40;
        EXPECT_FALSE(VerifyConsistency(tree.hasher(), from, size, wrong, from_root, root));
        wrong = path;
        wrong.erase(wrong.begin() + static_cast<std::ptrdiff_t>(i));
        EXPECT_FALSE(VerifyConsistency(tree.hasher(), from, size, wrong, from_root, root));
      }
    }
  }
}

TEST(MerkleTest, ReadsAndStoresLittle) {
  std::mt19937_64 random(1);
  Tree tree = Numbered(Algorithm::kSha256, 100'000);
  EXPECT_LE(tree.nodes(), 200'000u);
  const auto log2 = [](int64_t n) { return 64 - std::countl_zero(static_cast<uint64_t>(n - 1)); };
  for (int i = 0; i < 2000; ++i) {
    const auto size = static_cast<int64_t>(2 + random() % 99'999);
    const auto index = static_cast<int64_t>(random() % static_cast<uint64_t>(size));
    tree.TakeReads();
    EXPECT_FALSE(tree.Inclusion(index, size).empty());
    EXPECT_LE(tree.TakeReads(), 2 * log2(size)) << index << " in " << size;
    tree.Consistency(index, size);
    EXPECT_LE(tree.TakeReads(), 2 * log2(size) + 1) << index << " to " << size;
  }
}

// Where two trees share a root, they share their leaves: a proof between trees of
// which one was changed does not hold.
TEST(MerkleTest, AChangedPastIsInconsistent) {
  const Hasher hasher(Algorithm::kSm3);
  Tree before = Numbered(Algorithm::kSm3, 40);
  for (int64_t changed = 0; changed < 40; ++changed) {
    Tree after(Algorithm::kSm3);
    for (int64_t i = 0; i < 64; ++i) {
      after.Add(hasher.Leaf("", fmt::format("{} {}", i == changed ? "other" : "leaf", i)));
    }
    EXPECT_FALSE(VerifyConsistency(hasher, 40, 64, after.Consistency(40, 64), before.Root(40),
                                   after.Root(64)));
  }
}

}  // namespace
}  // namespace jinhuan::journal::tree
