// Random changes of what is stored and of what was exported: each must be found.
#include <gmock/gmock.h>

#include <cstdlib>
#include <random>

#include "google/protobuf/stubs/logging.h"
#include "google/protobuf/util/json_util.h"

#include "platform/journal/verify/bundle_file.h"
#include "platform/journal/verify/verify_fixture.h"

namespace jinhuan::journal::verify {
namespace {

class TamperTest : public VerifyTest {
 protected:
  // Text that is not UTF-8 is refused without a word.
  static void SetUpTestSuite() { google::protobuf::SetLogHandler(nullptr); }

  int64_t Below(int64_t bound) {
    return static_cast<int64_t>(random_() % static_cast<uint64_t>(bound));
  }
  // Another number than `not_this`, from `first` to `last`.
  int64_t Other(int64_t first, int64_t last, int64_t not_this) {
    const int64_t number = first + Below(last - first);
    return number < not_this ? number : number + 1;
  }
  std::string Pick(const std::vector<std::string>& choices) {
    return choices[static_cast<size_t>(Below(static_cast<int64_t>(choices.size())))];
  }
  // SQL that gives `column` with one bit turned of one of `length` bytes from `first` on.
  std::string Turned(const std::string& column, int64_t length, int64_t first = 1) {
    const int64_t at = first + Below(length);
    return fmt::format("INSERT({0}, {1}, 1, CHAR(ASCII(SUBSTR({0}, {1}, 1)) ^ {2}))", column, at,
                       1 << Below(7));
  }

  // A statement that changes one row of the journal, or two by swapping them.
  std::string RandomStatement() {
    const int64_t number = 1 + Below(size_);
    const int64_t other = Other(1, size_, number);
    const std::string swap_with = fmt::format(
        "UPDATE journal_entry AS a JOIN journal_entry AS b ON (a.number, b.number) IN (({0}, {1}), "
        "({1}, {0})) ",
        number, other);
    switch (Below(10)) {
      case 0:
        return fmt::format("DELETE FROM journal_entry WHERE number = {}", number);
      case 1:  // numbers change places
        return fmt::format(
            "UPDATE journal_entry SET number = CASE number WHEN {0} THEN -{0} ELSE {0} END "
            "WHERE number IN ({0}, {1}) ORDER BY number = {0} DESC",
            number, other);
      case 2:
        return swap_with + "SET a.record = b.record, a.salt = b.salt";
      case 3:
        return fmt::format("UPDATE journal_entry SET {0} = {1} WHERE number = {2}", "record",
                           Turned("record", 60), number);
      case 4:
        return fmt::format("UPDATE journal_entry SET salt = {0} WHERE number = {1}",
                           Pick({"REPEAT('s', 16)", "IF(salt IS NULL, REPEAT('t', 16), NULL)",
                                 "RANDOM_BYTES(16)"}),
                           number);
      case 5:
        return fmt::format(
            "UPDATE journal_entry SET {} WHERE number = {}",
            Pick({"id = CONCAT('x', SUBSTR(id, 2))", "alliance = 'alliances/b'",
                  "resource = CONCAT(resource, '0')", "record = ''",
                  "erasure = IF(erasure IS NULL, id, NULL)", "record = CONCAT(record, 'x')"}),
            number);
      case 6: {
        const int level = static_cast<int>(Below(4));
        const int64_t node = Below(size_ >> level);
        return fmt::format("UPDATE journal_node SET hash = {} WHERE level = {} AND node_index = {}",
                           Turned("hash", 32), level, node);
      }
      case 7: {
        const int level = static_cast<int>(Below(4));
        return fmt::format("DELETE FROM journal_node WHERE level = {} AND node_index = {}", level,
                           Below(size_ >> level));
      }
      case 8:
        return fmt::format(
            "UPDATE journal_node AS a JOIN journal_node AS b ON a.level = 0 AND b.level = 0 AND "
            "(a.node_index, b.node_index) IN (({0}, {1}), ({1}, {0})) SET a.hash = b.hash",
            number - 1, other - 1);
      default:
        return Pick(
            {fmt::format("UPDATE journal_head SET tree_size = {}", Below(size_)),
             "UPDATE journal_head SET algorithm = 'sha256'",
             "UPDATE journal_head SET log_id = 'another'",
             fmt::format("DELETE FROM journal_cosignature WHERE tree_size = {} LIMIT 1", size_),
             fmt::format("UPDATE journal_cosignature SET line = {} WHERE tree_size = {} "
                         "LIMIT 1",
                         Turned("line", 60, 3), size_)});  // behind "— ", which is not ASCII
    }
  }

  // Whether someone who exports and verifies finds the change, which is then undone.
  bool Found(db::Connection& connection, const std::string& statement) {
    EXPECT_TRUE(connection.Run("START TRANSACTION").ok());
    const absl::Status changed = connection.Run(statement);
    EXPECT_TRUE(changed.ok()) << statement << ": " << changed;
    const auto bundles = ExportAll(connection, 400);
    const bool found = !bundles.ok() || Verify(TrustAll(), *bundles).failed();
    EXPECT_TRUE(connection.Run("ROLLBACK").ok());
    return found;
  }

  // Changes one thing of some bundles.
  void ChangeOne(std::vector<v1::Bundle>& bundles) {
    v1::Bundle& bundle = bundles[static_cast<size_t>(Below(static_cast<int64_t>(bundles.size())))];
    auto& entries = *bundle.mutable_entries();
    const int place = static_cast<int>(Below(entries.size()));
    const int other = static_cast<int>(Other(0, entries.size() - 1, place));
    v1::BundleEntry& entry = entries[place];
    const auto turn = [this](std::string* bytes) {
      if (bytes->empty()) return bytes->push_back('x');
      (*bytes)[static_cast<size_t>(Below(static_cast<int64_t>(bytes->size())))] ^=
          static_cast<char>(1 << Below(7));
    };
    switch (Below(12)) {
      case 0:
        entries.DeleteSubrange(place, 1);
        break;
      case 1:
        entries.SwapElements(place, other);
        break;
      case 2:
        entry.mutable_record()->swap(*entries[other].mutable_record());
        break;
      case 3:
        entry.mutable_salt()->swap(*entries[other].mutable_salt());
        break;
      case 4:
        entry.set_number(1 + Below(size_));
        break;
      case 5:
        turn(entry.mutable_record());
        break;
      case 6:
        turn(entry.mutable_salt());
        break;
      case 7:
        turn(Below(2) == 0 ? entry.mutable_id() : entry.mutable_resource());
        break;
      case 8:
        turn(entry.mutable_path(static_cast<int>(Below(entry.path_size()))));
        break;
      case 9:
        turn(entry.mutable_erasure());
        break;
      case 10:
        turn(bundle.mutable_checkpoint()->mutable_note());
        break;
      default:
        *entries.Add() = entries[other];
        break;
    }
  }

  std::mt19937_64 random_{20261123};
};

// 10,000 by tests/tamper/run: it takes minutes.
TEST_F(TamperTest, EveryChangeStraightInTheDatabaseIsFound) {
  MakeJournal(300);
  const char* wanted = std::getenv("JINHUAN_TAMPER_EDITS");
  const int edits = wanted == nullptr ? 300 : std::atoi(wanted);
  auto lease = database_.pool().Acquire(Soon());
  ASSERT_TRUE(lease.ok());
  EXPECT_FALSE(Found(**lease, "DO 0"));
  int found = 0;
  for (int i = 0; i < edits; ++i) {
    const std::string statement = RandomStatement();
    const bool it_is = Found(**lease, statement);
    EXPECT_TRUE(it_is) << statement;
    found += it_is ? 1 : 0;
  }
  EXPECT_FALSE(Found(**lease, "DO 0"));
  EXPECT_EQ(found, edits);
  RecordProperty("edits_in_the_database", found);
}

TEST_F(TamperTest, TenThousandChangesOfExportsAreFound) {
  MakeJournal(60);
  const std::vector<v1::Bundle> good = ExportAll(30);
  const Trust trust = TrustAll();
  ASSERT_FALSE(Verify(trust, good).failed()) << Verify(trust, good).Report(false);
  const auto bytes_of = [](const std::vector<v1::Bundle>& bundles) {
    std::string bytes;
    for (const v1::Bundle& bundle : bundles) bytes += bundle.SerializeAsString();
    return bytes;
  };
  const std::string before = bytes_of(good);
  int changed = 0;
  while (changed < 10'000) {
    std::vector<v1::Bundle> bundles = good;
    ChangeOne(bundles);
    if (bytes_of(bundles) == before) continue;  // two equal things changed places
    ++changed;
    const Findings findings = Verify(trust, bundles);
    ASSERT_TRUE(findings.failed()) << "change " << changed;
  }
}

// Every byte of a bundle's file, turned, left out and doubled.
TEST_F(TamperTest, EveryByteOfAFileCounts) {
  MakeJournal(9);
  const auto bundles = ExportAll(1000);
  ASSERT_THAT(bundles, ::testing::SizeIs(1));
  const std::string file = bundles[0].SerializeAsString();
  const Trust trust = TrustAll();
  const auto verifies = [&](const std::string& content) {
    const auto bundle = ParseBundle(content);
    return bundle.ok() && !Verify(trust, {*bundle}).failed();
  };
  ASSERT_TRUE(verifies(file));
  for (size_t at = 0; at < file.size(); ++at) {
    std::string changed = file;
    changed[at] = static_cast<char>(changed[at] ^ static_cast<char>(1 + Below(255)));
    EXPECT_FALSE(verifies(changed)) << at << " of " << file.size();
    changed = file;
    changed.erase(at, 1);
    EXPECT_FALSE(verifies(changed)) << at << " left out";
    changed = file;
    changed.insert(at, 1, changed[at]);
    EXPECT_FALSE(verifies(changed)) << at << " doubled";
  }
  EXPECT_FALSE(verifies(""));
  EXPECT_FALSE(verifies(file.substr(0, file.size() / 2)));
}

// JSON has blanks and other ways to write the same: what still verifies says the same.
TEST_F(TamperTest, AChangedJsonFileSaysTheSameOrFails) {
  MakeJournal(9);
  const auto bundles = ExportAll(1000);
  std::string file;
  ASSERT_TRUE(google::protobuf::util::MessageToJsonString(bundles[0], &file).ok());
  const Trust trust = TrustAll();
  const std::string same = bundles[0].SerializeAsString();
  ASSERT_TRUE(ParseBundle(file).ok());
  EXPECT_EQ(ParseBundle(file)->SerializeAsString(), same);
  for (int i = 0; i < 3000; ++i) {
    std::string changed = file;
    const auto at = static_cast<size_t>(Below(static_cast<int64_t>(file.size())));
    switch (Below(3)) {
      case 0:
        changed[at] = static_cast<char>(Below(256));
        break;
      case 1:
        changed.erase(at, static_cast<size_t>(1 + Below(40)));
        break;
      default:
        changed.insert(at, changed.substr(at / 2, static_cast<size_t>(Below(40))));
        break;
    }
    const auto bundle = ParseBundle(changed);
    if (!bundle.ok() || Verify(trust, {*bundle}).failed()) continue;
    EXPECT_EQ(bundle->SerializeAsString(), same) << at;
  }
}

// Numbers at the ends of their range and messages without anything.
TEST_F(TamperTest, NonsenseIsRefused) {
  MakeJournal(9);
  for (const int64_t number : {INT64_MIN, int64_t{-1}, int64_t{0}, INT64_MAX}) {
    auto bundles = ExportAll(1000);
    bundles[0].mutable_entries(3)->set_number(number);
    EXPECT_TRUE(Verify(TrustAll(), bundles).failed());
    bundles = ExportAll(1000);
    bundles[0].mutable_erasures(0)->set_number(number);
    EXPECT_TRUE(Verify(TrustAll(), bundles).failed());
    bundles = ExportAll(1000);
    bundles[0].mutable_consistency()->set_from_size(number);
    EXPECT_TRUE(Verify(TrustAll(), bundles).failed());
  }
  EXPECT_TRUE(Verify(TrustAll(), {v1::Bundle()}).failed());
}

}  // namespace
}  // namespace jinhuan::journal::verify
