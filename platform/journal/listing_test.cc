#include <gmock/gmock.h>

#include <random>

#include "platform/api/time.h"
#include "platform/journal/entry_index.h"
#include "platform/journal/journal_fixture.h"
#include "platform/status/error.h"

namespace jinhuan::journal {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::Time kNoon = absl::FromUnixSeconds(1'800'014'400);  // on the hour

class ListingTest : public ProvenJournalTest {
 protected:
  static api::Call CallOf(const std::string& method, const std::string& actor, absl::Time now) {
    api::Call call = CallIn("alliances/a");
    call.method = method;
    call.caller.set_name(actor);
    call.now = now;
    return call;
  }
  void Append(const std::vector<Journal::CallChange>& changes) {
    ASSERT_TRUE(db::InTransaction(database_.pool(), Soon(), [&](db::Connection& connection) {
                  return journal_.AppendAll(connection, changes);
                }).ok());
  }
  std::vector<v1::Entry> List(const Journal::Selection& selection, int64_t after = 0,
                              int limit = 1000) {
    auto entries = journal_.List(selection, after, limit, Soon());
    EXPECT_TRUE(entries.ok()) << entries.status();
    return entries.value_or(std::vector<v1::Entry>());
  }
  std::vector<int64_t> Numbers(const Journal::Selection& selection, int64_t after = 0,
                               int limit = 1000) {
    std::vector<int64_t> numbers;
    for (const auto& entry : List(selection, after, limit)) numbers.push_back(entry.number());
    return numbers;
  }
  // As a journal is that was sealed before there was an index.
  void ForgetIndex() {
    Run("DELETE FROM journal_index");
    Run("DELETE FROM journal_hour");
    Run("UPDATE journal_head SET indexed = 0");
  }
};

TEST_F(ListingTest, GoesBothWaysFromWhereItWas) {
  Fill(1, 6);
  EXPECT_THAT(Numbers({}), ElementsAre(1, 2, 3, 4, 5, 6));
  EXPECT_THAT(Numbers({}, 2, 2), ElementsAre(3, 4));
  EXPECT_THAT(Numbers({.newest_first = true}, 0, 2), ElementsAre(6, 5));
  EXPECT_THAT(Numbers({.newest_first = true}, 5, 3), ElementsAre(4, 3, 2));
  EXPECT_THAT(Numbers({.newest_first = true}, 1), IsEmpty());
  EXPECT_THAT(Numbers({}, 6), IsEmpty());
}

// Every selection, page by page in both directions, beside what reading everything says. Times
// are not in the order of numbers, as those of clocks that differ are not.
TEST_F(ListingTest, FindsWhatReadingEverythingFinds) {
  std::mt19937 random(7);
  const auto pick = [&](int count) { return static_cast<int>(random() % unsigned(count)); };
  std::vector<api::Call> calls;
  std::vector<Journal::CallChange> changes;
  calls.reserve(300);
  for (int i = 0; i < 300; ++i) {
    api::Call& call = calls.emplace_back(
        CallOf(fmt::format("jinhuan.test.v1.TestService/M{}", pick(3)),
               fmt::format("users/u{}", pick(3)), kNoon + absl::Minutes(i + pick(200))));
    call.alliance = fmt::format("alliances/{}", pick(2));
    changes.push_back({call, {.resource = fmt::format("r{}", pick(4))}});
  }
  Append(changes);
  SealAll(journal_);
  const auto all = *journal_.ReadFrom(1, 1000, {}, Soon());
  ASSERT_EQ(all.size(), 300u);

  const std::vector<std::optional<absl::Time>> times{std::nullopt, kNoon + absl::Minutes(90),
                                                     kNoon + absl::Minutes(240)};
  int found = 0;
  for (int which = 0; which < 16 * 9 * 2; ++which) {
    Journal::Selection selection;
    if ((which & 1) != 0) selection.alliance = "alliances/1";
    if ((which & 2) != 0) selection.resource = "r2";
    if ((which & 4) != 0) selection.method = "jinhuan.test.v1.TestService/M1";
    if ((which & 8) != 0) selection.actor = "users/u1";
    selection.start = times[static_cast<size_t>(which / 16 % 3)];
    selection.end = times[static_cast<size_t>(which / 48 % 3)];
    selection.newest_first = which / 144 == 1;
    std::vector<int64_t> wanted;
    for (const v1::Entry& entry : all) {
      const absl::Time time = api::FromProto(entry.time());
      if ((selection.alliance.empty() || entry.alliance() == selection.alliance) &&
          (selection.resource.empty() || entry.resource() == selection.resource) &&
          (selection.method.empty() || entry.method() == selection.method) &&
          (selection.actor.empty() || entry.actor() == selection.actor) &&
          (!selection.start.has_value() || time >= *selection.start) &&
          (!selection.end.has_value() || time < *selection.end)) {
        wanted.push_back(entry.number());
      }
    }
    if (selection.newest_first) std::reverse(wanted.begin(), wanted.end());
    found += static_cast<int>(wanted.size());
    std::vector<int64_t> listed;
    for (;;) {
      const auto page = Numbers(selection, listed.empty() ? 0 : listed.back(), 7);
      if (page.empty()) break;
      listed.insert(listed.end(), page.begin(), page.end());
    }
    EXPECT_EQ(listed, wanted) << which;
  }
  EXPECT_GT(found, 5000);
}

TEST_F(ListingTest, ATimeIsExactToItsEnds) {
  const api::Call call = CallOf("m", "users/u", kNoon);
  const api::Call later = CallOf("m", "users/u", kNoon + absl::Microseconds(1));
  Append({{call, {.resource = "r"}}, {later, {.resource = "r"}}});
  SealAll(journal_);
  EXPECT_THAT(Numbers({.start = kNoon, .end = kNoon + absl::Microseconds(1)}), ElementsAre(1));
  EXPECT_THAT(Numbers({.start = kNoon + absl::Microseconds(1)}), ElementsAre(2));
  EXPECT_THAT(Numbers({.end = kNoon}), IsEmpty());
  EXPECT_THAT(Numbers({.start = kNoon + absl::Hours(1)}), IsEmpty());
}

TEST_F(ListingTest, WhatAnErasedEntryDidFindsItNoMore) {
  Fill(1, 5);
  const Journal::Selection by_actor{.actor = "users/u"};
  const Journal::Selection by_method{.method = "jinhuan.test.v1.TestService/Change"};
  ASSERT_EQ(*Erase({.numbers = {2, 4}}, "依申请清除"), 2);
  // The sixth says what was erased.
  EXPECT_THAT(Numbers(by_actor), ElementsAre(1, 3, 5, 6));
  EXPECT_THAT(Numbers(by_method), ElementsAre(1, 3, 5, 6));
  EXPECT_THAT(Numbers({.resource = "r2"}), ElementsAre(2));
  EXPECT_THAT(Numbers({.start = absl::FromUnixSeconds(1'800'000'000)}),
              ElementsAre(1, 2, 3, 4, 5, 6));
}

TEST_F(ListingTest, OldEntriesAreIndexedAndUntilThenNobodyIsToldThatThereAreNone) {
  Fill(1, 1500);
  ForgetIndex();
  const Journal::Selection by_actor{.actor = "users/u", .newest_first = true};
  EXPECT_EQ(ReasonOf(journal_.List(by_actor, 0, 10, Soon()).status()), "JOURNAL_NOT_INDEXED");
  EXPECT_EQ(ReasonOf(journal_.List({.start = kNoon}, 0, 10, Soon()).status()),
            "JOURNAL_NOT_INDEXED");
  EXPECT_THAT(Numbers({.newest_first = true}, 0, 2), ElementsAre(1500, 1499));
  EXPECT_THAT(Numbers({.resource = "r7"}), ElementsAre(7));
  // What is erased meanwhile does not come back with the index, and new entries are numbered.
  Append({{CallOf("m", "users/v", kNoon), {.resource = "new"}}});
  ASSERT_TRUE(db::InTransaction(database_.pool(), Soon(), [&](db::Connection& connection) {
                return journal_.Erase(connection, CallIn(""), {.numbers = {1499}}, "清除").status();
              }).ok());
  EXPECT_EQ(*journal_.SealOnce(), 1024);
  EXPECT_EQ(*journal_.Size(Soon()), 1502);
  EXPECT_FALSE(journal_.List(by_actor, 0, 10, Soon()).ok());
  SealAll(journal_);
  EXPECT_THAT(Numbers(by_actor, 0, 3), ElementsAre(1502, 1500, 1498));
  EXPECT_THAT(Numbers({.actor = "users/v", .start = kNoon}), ElementsAre(1501));
}

// Whoever indexes what an entry said before it was erased finds the erasure in the way.
TEST_F(ListingTest, AnErasureIsNotIndexedOver) {
  Fill(1, 3);
  const std::string record = List({}, 1, 1).at(0).SerializeAsString();
  ASSERT_EQ(*Erase({.numbers = {2}}, "清除"), 1);
  IndexRows rows;
  rows.Add(2, record);
  ASSERT_TRUE(db::InTransaction(database_.pool(), Soon(), [&](db::Connection& connection) {
                return rows.Write(connection);
              }).ok());
  EXPECT_THAT(Numbers({.actor = "users/u"}), ElementsAre(1, 3, 4));
}

TEST_F(ListingTest, AProcessThatKnowsNoIndexMayStillSeal) {
  Fill(1, 4);
  Run("DELETE FROM journal_index WHERE number > 2");
  Run("UPDATE journal_head SET indexed = 2");
  SealAll(journal_);  // there is nothing to number
  EXPECT_THAT(Numbers({.actor = "users/u"}), ElementsAre(1, 2, 3, 4));
}

TEST_F(ListingTest, AnEntryThatCantBeReadStopsNobody) {
  Run("INSERT INTO journal_unsealed (id, alliance, resource, record) "
      "VALUES ('0190a000-0000-7000-8000-000000000000', '', 'damaged', 'x')");
  Fill(2, 3);
  EXPECT_THAT(Numbers({.actor = "users/u"}), ElementsAre(2, 3));
}

}  // namespace
}  // namespace jinhuan::journal
