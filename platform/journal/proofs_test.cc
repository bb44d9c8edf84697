#include "platform/journal/proofs.h"

#include <gmock/gmock.h>

#include "platform/journal/journal_fixture.h"
#include "platform/journal/tree/merkle.h"
#include "platform/status/error.h"

namespace jinhuan::journal {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ProofsTest : public ProvenJournalTest {
 protected:
  absl::StatusOr<v1::InclusionProof> Inclusion(int64_t number, int64_t size) {
    v1::GetInclusionProofRequest request;
    request.set_number(number);
    request.set_tree_size(size);
    return journal_.proofs().GetInclusionProof(request, Soon());
  }
  absl::StatusOr<v1::ConsistencyProof> Consistency(int64_t from, int64_t to) {
    v1::GetConsistencyProofRequest request;
    request.set_from_size(from);
    request.set_to_size(to);
    return journal_.proofs().GetConsistencyProof(request, Soon());
  }
  static std::vector<tree::Hash> PathOf(
      const google::protobuf::RepeatedPtrField<std::string>& path) {
    return {path.begin(), path.end()};
  }
  // Every entry in every size, and every size from every other, `step` apart.
  void ExpectProofsHold(int64_t size, int64_t step) {
    const tree::Hasher hasher(Parsed(CheckpointAt(size)).algorithm);
    for (int64_t at = 1; at <= size; at += step) {
      const tree::Hash root = Parsed(CheckpointAt(at)).root;
      for (int64_t number = 1; number <= at; number += step) {
        const auto proof = Inclusion(number, at);
        ASSERT_TRUE(proof.ok()) << proof.status();
        EXPECT_TRUE(tree::VerifyInclusion(hasher, number - 1, at, proof->leaf_hash(),
                                          PathOf(proof->path()), root));
      }
      for (int64_t from = 0; from <= at; from += step) {
        const auto proof = Consistency(from, at);
        ASSERT_TRUE(proof.ok()) << proof.status();
        const tree::Hash old_root = from == 0 ? hasher.Empty() : Parsed(CheckpointAt(from)).root;
        EXPECT_TRUE(
            tree::VerifyConsistency(hasher, from, at, PathOf(proof->path()), old_root, root));
      }
    }
  }
};

TEST_F(ProofsTest, EveryProofHolds) {
  Fill(1, 37);
  ExpectProofsHold(37, 4);
}

TEST_F(ProofsTest, ACheckpointIsSignedUnderTheJournalsName) {
  Fill(1, 3);
  const v1::Checkpoint checkpoint = CheckpointAt(0);
  EXPECT_EQ(checkpoint.tree_size(), 3);
  const auto note = tree::ParseNote(checkpoint.note());
  ASSERT_TRUE(note.ok()) << note.status();
  EXPECT_THAT(note->text, ::testing::StartsWith("jinhuan.test.v1/"));
  EXPECT_THAT(note->text, HasSubstr("\nhash sm3\n"));
  ASSERT_THAT(note->signatures, SizeIs(1));
  const auto key = tree::PublicKey::Parse(checkpoint.verifier_key());
  ASSERT_TRUE(key.ok()) << key.status();
  EXPECT_TRUE(key->Verify(note->text, note->signatures[0]));
  EXPECT_EQ(key->name(), Parsed(checkpoint).origin);
}

TEST_F(ProofsTest, RefusesSizesThatAreNotReached) {
  Fill(1, 5);
  v1::GetCheckpointRequest checkpoint;
  for (const int64_t size : {int64_t{6}, int64_t{-1}, INT64_MIN, INT64_MAX}) {
    checkpoint.set_tree_size(size);
    for (const absl::Status& status :
         {journal_.proofs().GetCheckpoint(checkpoint, Soon()).status(), Inclusion(1, size).status(),
          Inclusion(size, 0).status(), Consistency(1, size).status(), Consistency(size, 0).status(),
          AddCosignature(size, "").status(), Export(size < 0 ? 1 : size, 1, size).status(),
          Export(1, 1, 0, size).status()}) {
      EXPECT_EQ(ReasonOf(status), "NUMBER_OUT_OF_RANGE") << size << status;
    }
  }
  EXPECT_EQ(ReasonOf(Consistency(4, 3).status()), "NUMBER_OUT_OF_RANGE");
  EXPECT_EQ(ReasonOf(Inclusion(4, 3).status()), "NUMBER_OUT_OF_RANGE");
  EXPECT_EQ(ReasonOf(Inclusion(0, 3).status()), "NUMBER_OUT_OF_RANGE");
}

TEST_F(ProofsTest, SaysWhatIsMissing) {
  Fill(1, 8);
  Run("DELETE FROM journal_node WHERE level = 1 AND node_index = 1");
  EXPECT_EQ(ReasonOf(Inclusion(1, 8).status()), "JOURNAL_DAMAGED");
  EXPECT_TRUE(absl::IsDataLoss(Export(1, 10).status()));
}

TEST_F(ProofsTest, WithoutAKeyThereAreProofsButNoCheckpoints) {
  Journal unsigned_journal(database_.pool(), ids_);
  Fill(1, 4);
  EXPECT_EQ(ReasonOf(unsigned_journal.proofs().GetCheckpoint({}, Soon()).status()),
            "JOURNAL_UNSIGNED");
  v1::GetInclusionProofRequest request;
  request.set_number(2);
  EXPECT_TRUE(unsigned_journal.proofs().GetInclusionProof(request, Soon()).ok());
}

TEST_F(ProofsTest, WitnessesCosign) {
  Fill(1, 4);
  v1::GetCheckpointRequest newest;
  newest.set_cosigned(true);
  EXPECT_EQ(ReasonOf(journal_.proofs().GetCheckpoint(newest, Soon()).status()), "NOT_COSIGNED");
  ASSERT_TRUE(AddCosignature(3, Cosigned(1, 3)).ok());
  ASSERT_TRUE(AddCosignature(3, Cosigned(2, 3)).ok());
  const auto again = AddCosignature(3, Cosigned(1, 3));
  ASSERT_TRUE(again.ok()) << again.status();
  const auto note = tree::ParseNote(again->note());
  ASSERT_TRUE(note.ok());
  ASSERT_THAT(note->signatures, SizeIs(3));
  EXPECT_TRUE(Witness(1).public_key().Verify(note->text, note->signatures[1]));
  EXPECT_TRUE(Witness(2).public_key().Verify(note->text, note->signatures[2]));
  // It stays with its checkpoint, the last that has one.
  EXPECT_THAT(tree::ParseNote(CheckpointAt(4).note())->signatures, SizeIs(1));
  EXPECT_EQ(journal_.proofs().GetCheckpoint(newest, Soon())->note(), again->note());
}

TEST_F(ProofsTest, AWitnessMaySignAgainButNotBackwards) {
  Fill(1, 4);
  const auto time_of = [](const v1::Checkpoint& checkpoint) {
    return tree::CosignatureTime(tree::ParseNote(checkpoint.note())->signatures[1]);
  };
  EXPECT_EQ(time_of(*AddCosignature(4, Cosigned(1, 4, 1000))), 1000);
  EXPECT_EQ(time_of(*AddCosignature(4, Cosigned(1, 4, 3000))), 3000);
  EXPECT_EQ(time_of(*AddCosignature(4, Cosigned(1, 4, 2000))), 3000);
}

TEST_F(ProofsTest, TakesNoOtherSignature) {
  Fill(1, 4);
  const std::string good = Cosigned(1, 3);
  std::string garbled = good;
  garbled[garbled.size() - 10] ^= 1;
  for (const std::string& line : {std::string(), good + "\n", garbled, Cosigned(3, 3),
                                  Cosigned(1, 4), CheckpointAt(3).note()}) {
    EXPECT_EQ(ReasonOf(AddCosignature(3, line).status()), "COSIGNATURE_INVALID") << line;
  }
  EXPECT_THAT(tree::ParseNote(CheckpointAt(3).note())->signatures, SizeIs(1));
}

class ErasureTest : public ProofsTest {};

TEST_F(ErasureTest, LeavesNumberTimeAndHash) {
  Fill(1, 9);
  const auto leaf = Inclusion(4, 9)->leaf_hash();
  const std::string before = CheckpointAt(9).note();
  ASSERT_EQ(*Erase({.resource = "r4"}, "依申请清除"), 1);
  const auto entries = *journal_.ReadFrom(4, 1, {}, Soon());
  ASSERT_THAT(entries, SizeIs(1));
  const v1::Entry& entry = entries[0];
  EXPECT_EQ(entry.number(), 4);
  EXPECT_TRUE(entry.erased());
  EXPECT_EQ(entry.leaf_hash(), leaf);
  EXPECT_EQ(entry.time().seconds(), 1'800'000'000);
  EXPECT_EQ(entry.resource(), "r4");
  EXPECT_FALSE(entry.has_after());
  EXPECT_THAT(entry.actor() + entry.method() + entry.request(), IsEmpty());
  EXPECT_EQ(CheckpointAt(9).note(), before);

  // The entry that says so.
  const auto last = journal_.ReadFrom(10, 2, {}, Soon())->at(0);
  EXPECT_EQ(last.reason(), "依申请清除");
  EXPECT_EQ(last.actor(), "users/u");
  v1::Erasure erasure;
  ASSERT_TRUE(last.after().UnpackTo(&erasure));
  ASSERT_THAT(erasure.entries(), SizeIs(1));
  EXPECT_EQ(erasure.entries(0).SerializeAsString(), entry.SerializeAsString());
  // Nothing of the content is anywhere.
  const auto bundle = Export(1, 100);
  ASSERT_TRUE(bundle.ok()) << bundle.status();
  EXPECT_THAT(bundle->entries(3).salt(), IsEmpty());
  EXPECT_EQ(bundle->entries(3).record().find("会议"), std::string::npos);
}

TEST_F(ErasureTest, EveryProofStaysValid) {
  Fill(1, 20);
  std::vector<std::string> notes;
  for (int64_t size = 1; size <= 20; ++size) notes.push_back(CheckpointAt(size).note());
  EXPECT_EQ(*Erase({.numbers = {1, 7, 20}}, "a"), 3);
  EXPECT_EQ(*Erase({.numbers = {7, 8}, .resource = "r9"}, "b"), 2);
  for (int64_t size = 1; size <= 20; ++size) {
    EXPECT_EQ(CheckpointAt(size).note(), notes[static_cast<size_t>(size - 1)]);
  }
  ExpectProofsHold(22, 3);
}

TEST_F(ErasureTest, RefusesWhatIsNotSealedAndWhatSaysWhatWasErased) {
  Fill(1, 3);
  EXPECT_EQ(ReasonOf(Erase({.numbers = {4}}, "").status()), "ENTRY_NOT_ERASABLE");
  EXPECT_EQ(ReasonOf(Erase({.numbers = {0}}, "").status()), "ENTRY_NOT_ERASABLE");
  ASSERT_EQ(*Erase({.numbers = {2}}, "once"), 1);
  EXPECT_EQ(*Erase({.numbers = {2}}, "twice"), 0);
  EXPECT_EQ(*Erase({.resource = "nothing"}, "none"), 0);
  EXPECT_EQ(ReasonOf(Erase({.numbers = {4}}, "").status()), "ENTRY_NOT_ERASABLE");
  EXPECT_EQ(ReasonOf(Erase({.resource = "journal/erasures"}, "").status()), "ENTRY_NOT_ERASABLE");
  EXPECT_EQ(*journal_.Size(Soon()), 4);
}

// Else the bundle would look as if somebody had wiped the entry behind the journal's back.
TEST_F(ErasureTest, AnExportWaitsForTheEntryThatSaysSo) {
  Fill(1, 5);
  const absl::Status erased =
      db::InTransaction(database_.pool(), Soon(), [&](db::Connection& connection) {
        return journal_.Erase(connection, CallIn("alliances/a"), {.numbers = {2}}, "").status();
      });
  ASSERT_TRUE(erased.ok()) << erased;
  EXPECT_EQ(ReasonOf(Export(1, 10).status()), "CONFLICT");
  EXPECT_TRUE(Export(3, 10).ok());
  SealAll(journal_);
  ASSERT_TRUE(Export(1, 10).ok());
  EXPECT_EQ(Export(1, 10)->erasures_size(), 1);
  // Read while it was sealed: it stands behind the head that was read first.
  Run("UPDATE journal_head SET tree_size = tree_size - 1");
  EXPECT_EQ(ReasonOf(Export(1, 10).status()), "CONFLICT");
  // What was never written is for the verifier to find.
  Run("UPDATE journal_entry SET erasure = '0' WHERE number = 2");
  EXPECT_TRUE(Export(1, 10).ok());
}

TEST_F(ErasureTest, OfTwoAtOnceOneErases) {
  Fill(1, 30);
  std::atomic<int64_t> erased = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      const auto count = Erase({.numbers = {3, 4, 5, 6}}, "at once");
      EXPECT_TRUE(count.ok()) << count.status();
      erased += count.value_or(0);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(erased, 4);
  EXPECT_EQ(*journal_.Size(Soon()), 31);
}

}  // namespace
}  // namespace jinhuan::journal
