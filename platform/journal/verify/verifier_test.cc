#include "platform/journal/verify/verifier.h"

#include <gmock/gmock.h>

#include "platform/journal/verify/verify_fixture.h"

namespace jinhuan::journal::verify {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class VerifierTest : public VerifyTest {
 protected:
  // The names of the checks that failed, by their place.
  static std::vector<Check> Failures(Findings findings) {
    std::vector<Check> failed;
    for (int i = 0; i < kChecks; ++i) {
      if (findings.failed(static_cast<Check>(i))) failed.push_back(static_cast<Check>(i));
    }
    return failed;
  }
};

TEST_F(VerifierTest, AWholeExportVerifies) {
  MakeJournal(90);
  for (const int page : {1, 7, 64, 1000}) {
    const auto bundles = ExportAll(page);
    const Findings findings = Verify(TrustAll(), bundles);
    EXPECT_FALSE(findings.failed()) << page << "\n" << findings.Report(false);
  }
  const std::string report = Verify(TrustAll(), ExportAll(1000)).Report(false);
  EXPECT_EQ(report.find("--"), std::string::npos) << report;
  EXPECT_THAT(report, HasSubstr("The journal verifies."));
  EXPECT_THAT(Verify(TrustAll(), ExportAll(1000)).Report(true), HasSubstr("日志通过验证。"));
}

// The three ways in which an entry is read, and that the entries of one bundle need not
// be all.
TEST_F(VerifierTest, APartVerifiesAsAPart) {
  MakeJournal(40);
  const auto bundle = Export(11, 9, 30);
  ASSERT_TRUE(bundle.ok()) << bundle.status();
  Trust trust{.log = *tree::PublicKey::Parse(log_key_)};
  trust.part = true;
  EXPECT_FALSE(Verify(trust, {*bundle}).failed()) << Verify(trust, {*bundle}).Report(false);
  EXPECT_THAT(Verify(trust, {*bundle}).Report(false), HasSubstr("--      coverage"));
  EXPECT_THAT(Verify(trust, {*bundle}).Report(false), HasSubstr("This part verifies."));
  trust.part = false;
  EXPECT_THAT(Failures(Verify(trust, {*bundle})), ::testing::ElementsAre(Check::kCoverage));
  EXPECT_THAT(Verify(trust, {*bundle}).Report(true),
              HasSubstr("文件包含第 11 至 19 条，日志共 30 条"));
}

// The journal grew between the pages: nothing in it was changed, and none is accused.
TEST_F(VerifierTest, BundlesOfDifferentSizesAreToldAsSuch) {
  MakeJournal(40);
  const auto first = Export(1, 20, 30);
  const auto second = Export(21, 20, 40);
  ASSERT_TRUE(first.ok() && second.ok());
  for (const bool part : {false, true}) {
    Trust trust{.log = *tree::PublicKey::Parse(log_key_)};
    trust.part = part;
    const Findings findings = Verify(trust, {*first, *second});
    EXPECT_THAT(Failures(findings), ::testing::ElementsAre(Check::kCoverage));
    EXPECT_THAT(findings.Report(false),
                HasSubstr("is of tree size 40, those before it of 30: export it again with "
                          "treeSize 30\nWhat was checked verifies"));
    EXPECT_THAT(findings.Report(true), HasSubstr("请以 treeSize 30 重新导出"));
  }
}

TEST_F(VerifierTest, AnEmptyJournalVerifies) {
  const auto bundle = Export(1, 10);
  ASSERT_TRUE(bundle.ok()) << bundle.status();
  const Trust trust{.log = *tree::PublicKey::Parse(bundle->checkpoint().verifier_key())};
  EXPECT_FALSE(Verify(trust, {*bundle}).failed());
}

TEST_F(VerifierTest, EveryJournalContinuesTheEmptyOne) {
  const std::string empty = CheckpointAt(0).note();
  MakeJournal(20);
  Trust trust = TrustAll();
  trust.held = empty;
  held_size_ = 0;
  const Findings findings = Verify(trust, ExportAll(7));
  EXPECT_FALSE(findings.failed()) << findings.Report(false);
  EXPECT_THAT(Findings(findings).Report(false), HasSubstr("OK      consistency"));
  // Signed by the journal, but not the empty tree.
  auto note = *tree::ParseNote(empty);
  tree::Checkpoint other = *tree::ParseCheckpoint(note.text);
  other.root = tree::Hash(tree::kHashBytes, 'x');
  const auto key = *tree::PrivateKey::FromSeed(tree::KeyType::kLog, other.origin, kSeed);
  const std::string text = tree::Format(other);
  trust.held = text + "\n" + tree::Format(key.Sign(text));
  EXPECT_THAT(Failures(Verify(trust, ExportAll(7))), ::testing::ElementsAre(Check::kConsistency));
}

TEST_F(VerifierTest, TellsWhatIsWrong) {
  MakeJournal(60);
  const std::vector<v1::Bundle> good = ExportAll(20);
  ASSERT_THAT(good, SizeIs(3));
  const auto failures = [&](auto&& change) {
    std::vector<v1::Bundle> bundles = good;
    Trust trust = TrustAll();
    change(bundles, trust);
    return Failures(Verify(trust, bundles));
  };
  using Bundles = std::vector<v1::Bundle>;
  using ::testing::Contains;
  using ::testing::ElementsAre;
  EXPECT_THAT(failures([](Bundles&, Trust&) {}), SizeIs(0));
  EXPECT_THAT(
      failures([](Bundles& b, Trust&) { b[0].mutable_entries(4)->mutable_salt()->at(0) ^= 1; }),
      ElementsAre(Check::kInclusion));
  EXPECT_THAT(failures([](Bundles& b, Trust&) { b[0].mutable_entries(4)->set_salt("short"); }),
              ElementsAre(Check::kEntries));
  EXPECT_THAT(failures([](Bundles& b, Trust&) { b[0].mutable_entries(4)->set_resource("other"); }),
              ElementsAre(Check::kEntries));
  EXPECT_THAT(
      failures([](Bundles& b, Trust&) { b[0].mutable_entries(4)->mutable_path()->RemoveLast(); }),
      ElementsAre(Check::kInclusion));
  EXPECT_THAT(failures([](Bundles& b, Trust&) { b[1].mutable_entries()->DeleteSubrange(5, 1); }),
              ElementsAre(Check::kEntries));
  EXPECT_THAT(failures([](Bundles& b, Trust&) { b[1].mutable_entries()->RemoveLast(); }),
              Contains(Check::kEntries));
  EXPECT_THAT(failures([](Bundles& b, Trust&) { b.pop_back(); }), ElementsAre(Check::kCoverage));
  EXPECT_THAT(failures([](Bundles& b, Trust&) { std::swap(b[0], b[1]); }),
              Contains(Check::kEntries));
  EXPECT_THAT(failures([](Bundles& b, Trust&) { b[0].clear_erasures(); }),
              ElementsAre(Check::kErasures));
  EXPECT_THAT(failures([](Bundles& b, Trust&) { b[0].mutable_entries(1)->set_erasure("0"); }),
              Contains(Check::kErasures));
  EXPECT_THAT(failures([](Bundles& b, Trust&) { b[0].mutable_entries(1)->set_erasure(""); }),
              ElementsAre(Check::kEntries));
  EXPECT_THAT(failures([](Bundles& b, Trust&) { b[0].clear_consistency(); }),
              ElementsAre(Check::kConsistency));
  EXPECT_THAT(failures([](Bundles&, Trust& trust) { trust.witnesses_needed = 3; }),
              ElementsAre(Check::kWitnesses));
  EXPECT_THAT(failures([](Bundles&, Trust& trust) { trust.held = "nonsense"; }),
              Contains(Check::kSignature));
}

// The journal's operator makes another past and signs it: only who held a checkpoint of
// the old one, or asks the witnesses, can tell.
TEST_F(VerifierTest, AWholeNewPastIsFoundByWhatWasHeld) {
  MakeJournal(50);
  std::string log_id = Parsed(CheckpointAt(0)).origin;
  log_id = log_id.substr(log_id.find('/') + 1);
  for (const char* table : {"journal_entry", "journal_node", "journal_unsealed"}) {
    Run(std::string("DELETE FROM ") + table);
  }
  Run("UPDATE journal_head SET size = 0, tree_size = 0");
  Journal again(database_.pool(), ids_, Options());
  ASSERT_TRUE(db::InTransaction(database_.pool(), Soon(), [&](db::Connection& connection) {
                std::vector<Journal::CallChange> changes;
                const api::Call call = CallIn("");
                for (int64_t i = 0; i < size_; ++i) changes.push_back({call, {.resource = "new"}});
                return again.AppendAll(connection, changes);
              }).ok());
  SealAll(again);
  const auto bundles = ExportAll(1000);
  EXPECT_THAT(Failures(Verify(TrustAll(), bundles)),
              ::testing::ElementsAre(Check::kWitnesses, Check::kConsistency));
  Trust careless{.log = *tree::PublicKey::Parse(log_key_)};
  EXPECT_FALSE(Verify(careless, bundles).failed());
}

}  // namespace
}  // namespace jinhuan::journal::verify
