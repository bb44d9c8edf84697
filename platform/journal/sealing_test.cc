#include "platform/journal/sealing.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "platform/db/errors.h"
#include "platform/journal/journal_fixture.h"
#include "platform/journal/node_store.h"

namespace jinhuan::journal {
namespace {

// The tree beside the definition: roots from the stored entries alone.
class SealingTest : public ProvenJournalTest {
 protected:
  // The leaves of the stored records and salts.
  std::vector<tree::Hash> Leaves(const tree::Hasher& hasher) {
    std::vector<tree::Hash> leaves;
    static const db::Query read("SELECT salt, record FROM journal_entry ORDER BY number",
                                "PRIMARY");
    EXPECT_TRUE(db::Read(database_.pool(), Soon(), [&](db::Connection& connection) {
                  leaves.clear();
                  return connection
                      .Select(read, {},
                              [&](const db::Row& row) {
                                EXPECT_EQ(row.Text(0).size(), tree::kSaltBytes);
                                leaves.push_back(hasher.Leaf(row.Text(0), row.Text(1)));
                              })
                      .status();
                }).ok());
    return leaves;
  }
  static tree::Hash RootOf(const tree::Hasher& hasher, const std::vector<tree::Hash>& leaves,
                           size_t begin, size_t end) {
    if (begin == end) return hasher.Empty();
    if (end - begin == 1) return leaves[begin];
    size_t half = 1;
    while (half * 2 < end - begin) half *= 2;
    return hasher.Node(RootOf(hasher, leaves, begin, begin + half),
                       RootOf(hasher, leaves, begin + half, end));
  }
  // Every size's checkpoint has the root that the entries give.
  void ExpectTreeIsRight(int64_t size) {
    const tree::Hasher hasher(Parsed(CheckpointAt(0)).algorithm);
    const std::vector<tree::Hash> leaves = Leaves(hasher);
    ASSERT_EQ(static_cast<int64_t>(leaves.size()), size);
    ASSERT_EQ(Parsed(CheckpointAt(0)).size, size);
    for (int64_t at = 1; at <= size; at += 1 + at / 16) {
      EXPECT_EQ(Parsed(CheckpointAt(at)).root, RootOf(hasher, leaves, 0, static_cast<size_t>(at)))
          << at;
    }
    EXPECT_EQ(Parsed(CheckpointAt(size)).root,
              RootOf(hasher, leaves, 0, static_cast<size_t>(size)));
  }
  int64_t Nodes() {
    static const db::Query count("SELECT COUNT(*) FROM journal_node", "");
    int64_t nodes = 0;
    EXPECT_TRUE(db::Read(database_.pool(), Soon(), [&](db::Connection& connection) {
                  return connection
                      .Select(count, {}, [&](const db::Row& row) { nodes = row.Int(0); })
                      .status();
                }).ok());
    return nodes;
  }
};

TEST_F(SealingTest, TheTreeIsThatOfTheEntries) {
  EXPECT_EQ(Parsed(CheckpointAt(0)).root, tree::Hasher(tree::Algorithm::kSm3).Empty());
  Fill(1, 1);
  ExpectTreeIsRight(1);
  Fill(2, 2);
  Fill(3, 3);
  Fill(4, 700);
  ExpectTreeIsRight(700);
  EXPECT_LT(Nodes(), 1400);  // two an entry
}

TEST_F(SealingTest, TheHashIsFixedWithTheFirstSeal) {
  ProofOptions options = Options();
  options.algorithm = tree::Algorithm::kSha256;
  Journal other(database_.pool(), ids_, options);
  Fill(1, 3);
  ASSERT_TRUE(db::InTransaction(database_.pool(), Soon(), [&](db::Connection& connection) {
                return other.Append(connection, CallIn(""), {.resource = "r4"});
              }).ok());
  SealAll(other);
  const tree::Checkpoint checkpoint = Parsed(CheckpointAt(4));
  EXPECT_EQ(checkpoint.algorithm, tree::Algorithm::kSm3);
  const auto same = other.proofs().GetCheckpoint({}, Soon());
  ASSERT_TRUE(same.ok()) << same.status();
  EXPECT_EQ(same->note(), CheckpointAt(4).note());
  ExpectTreeIsRight(4);
}

TEST_F(SealingTest, ANewJournalMayHashWithSha256) {
  ProofOptions options = Options();
  options.algorithm = tree::Algorithm::kSha256;
  Journal first(database_.pool(), ids_, options);
  SealAll(first);
  Fill(1, 20);  // by one that would have chosen SM3
  EXPECT_EQ(Parsed(CheckpointAt(0)).algorithm, tree::Algorithm::kSha256);
  ExpectTreeIsRight(20);
}

// Two processes seal what four write, at the same time.
TEST_F(SealingTest, SealersAtOnceKeepTheTreeRight) {
  Journal other(database_.pool(), ids_, Options());
  std::atomic<int> writing = 4;
  std::vector<std::thread> threads;
  for (int w = 0; w < 4; ++w) {
    threads.emplace_back([&] {
      for (int i = 0; i < 40; ++i) {
        EXPECT_TRUE(db::InTransaction(database_.pool(), Soon(), [&](db::Connection& connection) {
                      return journal_.Append(connection, CallIn(""), {.resource = "r"});
                    }).ok());
      }
      --writing;
    });
  }
  for (Journal* sealer : {&journal_, &other, &other}) {
    threads.emplace_back([&, sealer] {
      while (writing > 0) EXPECT_TRUE(sealer->SealOnce().ok());
    });
  }
  for (std::thread& thread : threads) thread.join();
  SealAll(other);
  ExpectTreeIsRight(160);
}

// A sealer that dies with its transaction open: its connection is killed between the
// nodes and the commit, at every statement in turn.
TEST_F(SealingTest, ASealerKilledOnTheWayLeavesNothing) {
  Fill(1, 5);
  const std::string before = CheckpointAt(0).note();
  ASSERT_TRUE(db::InTransaction(database_.pool(), Soon(), [&](db::Connection& connection) {
                return journal_.Append(connection, CallIn(""), {.resource = "r6"});
              }).ok());
  {
    auto lease = database_.pool().Acquire(Soon());
    ASSERT_TRUE(lease.ok());
    ASSERT_TRUE((*lease)->Run("START TRANSACTION").ok());
    ASSERT_TRUE(FenceHead(**lease).ok());
    auto head = ReadHead(**lease, ids_, tree::Algorithm::kSm3);
    ASSERT_TRUE(head.ok());
    auto frontier = ReadFrontier(**lease, head->tree_size);
    ASSERT_TRUE(frontier.ok());
    const auto sealed = SealNew(**lease, *head, *frontier);
    ASSERT_TRUE(sealed.ok()) << sealed.status();
    EXPECT_EQ(*sealed, 1);
    (*lease)->Run("KILL CONNECTION_ID()").IgnoreError();
  }
  EXPECT_EQ(CheckpointAt(0).note(), before);
  SealAll(journal_);
  ExpectTreeIsRight(6);
}

// Entries of a journal that was sealed before there was a tree.
class CatchUpTest : public SealingTest {
 protected:
  CatchUpTest() {
    Fill(1, 1300);
    Run("DELETE FROM journal_node");
    Run("UPDATE journal_entry SET salt = NULL");
    Run("UPDATE journal_head SET tree_size = 0, algorithm = '', log_id = ''");
  }
};

TEST_F(CatchUpTest, TakesOldEntriesInOrderBeforeNewOnes) {
  Journal later(database_.pool(), ids_, Options());
  ASSERT_TRUE(db::InTransaction(database_.pool(), Soon(), [&](db::Connection& connection) {
                return later.Append(connection, CallIn(""), {.resource = "new"});
              }).ok());
  // Bounded steps; the new entry waits until the last.
  EXPECT_EQ(*later.SealOnce(), 512);
  EXPECT_EQ(Parsed(CheckpointAt(0)).size, 512);
  EXPECT_EQ(*later.Size(Soon()), 1300);
  EXPECT_EQ(*later.SealOnce(), 512);
  // Another process goes on where this one stopped.
  Journal another(database_.pool(), ids_, Options());
  SealAll(another);
  ExpectTreeIsRight(1301);
  SealAll(later);
  Fill(1302, 1310);
  ExpectTreeIsRight(1310);
}

TEST_F(CatchUpTest, NothingNewIsNeededToCatchUp) {
  Journal later(database_.pool(), ids_, Options());
  SealAll(later);
  ExpectTreeIsRight(1300);
}

TEST_F(SealingTest, AProcessThatKnowsNoSaltsMayStillWriteAndSeal) {
  Fill(1, 10);
  Run("INSERT INTO journal_unsealed (id, alliance, resource, record) "
      "VALUES ('0190a000-0000-7000-8000-000000000000', '', 'old', 'x')");
  SealAll(journal_);
  // As a sealer from before the tree leaves it: numbered, but in no tree.
  Run("INSERT INTO journal_entry (number, id, alliance, resource, record) "
      "VALUES (12, '0190a000-0000-7000-8000-000000000001', '', 'old', 'y')");
  Run("UPDATE journal_head SET size = 12");
  Journal later(database_.pool(), ids_, Options());
  SealAll(later);
  ExpectTreeIsRight(12);
}

// What someone removed is not sealed over.
TEST_F(SealingTest, AGapStopsTheCatchUp) {
  Fill(1, 10);
  Run("DELETE FROM journal_node");
  Run("UPDATE journal_head SET tree_size = 0");
  Run("DELETE FROM journal_entry WHERE number = 4");
  Journal later(database_.pool(), ids_, Options());
  EXPECT_FALSE(later.SealOnce().ok());
  EXPECT_EQ(Nodes(), 0);
}

TEST_F(SealingTest, ANodeIsNeverOverwritten) {
  Fill(1, 6);
  Run("UPDATE journal_head SET size = 5, tree_size = 5");
  Run("DELETE FROM journal_entry WHERE number = 6");
  Journal later(database_.pool(), ids_, Options());
  ASSERT_TRUE(db::InTransaction(database_.pool(), Soon(), [&](db::Connection& connection) {
                return later.Append(connection, CallIn(""), {.resource = "another sixth"});
              }).ok());
  const auto sealed = later.SealOnce();
  EXPECT_TRUE(db::IsDuplicate(sealed.status())) << sealed.status();
}

}  // namespace
}  // namespace jinhuan::journal
