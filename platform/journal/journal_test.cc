#include "platform/journal/journal.h"
#include "platform/db/platform_migrations.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <set>

#include "absl/time/clock.h"
#include "jinhuan/meeting/v1/meeting.pb.h"
#include "platform/status/status_macros.h"
#include "platform/testing/test_database.h"

namespace jinhuan::journal {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

absl::Time Soon() { return absl::Now() + absl::Seconds(20); }

class JournalTest : public ::testing::Test {
 protected:
  static api::Call CallIn(const std::string& alliance) {
    api::Call call;
    call.method = "jinhuan.test.v1.TestService/Change";
    call.request = "trace-1";
    call.caller.set_name("users/u");
    call.alliance = alliance;
    call.now = absl::FromUnixSeconds(1'800'000'000);
    return call;
  }

  // Appends an entry on `resource` in a transaction that ends with `end`.
  absl::Status Append(const std::string& resource, absl::Status end = absl::OkStatus(),
                      const std::string& alliance = "alliances/a") {
    return db::InTransaction(
        database_.pool(), Soon(), [&](db::Connection& connection) -> absl::Status {
          JH_RETURN_IF_ERROR(journal_.Append(connection, CallIn(alliance), {.resource = resource}));
          return end;
        });
  }
  void SealAll(Journal& journal) {
    for (;;) {
      const auto sealed = journal.SealOnce();
      ASSERT_TRUE(sealed.ok()) << sealed.status();
      if (*sealed == 0) return;
    }
  }
  std::vector<v1::Entry> Read(int64_t from, int limit = 10'000,
                              const Journal::Filter& filter = {}) {
    auto entries = journal_.ReadFrom(from, limit, filter, Soon());
    EXPECT_TRUE(entries.ok()) << entries.status();
    return entries.value_or(std::vector<v1::Entry>());
  }
  std::vector<std::string> Resources(int64_t from, int limit, const Journal::Filter& filter) {
    std::vector<std::string> resources;
    for (const v1::Entry& entry : Read(from, limit, filter)) resources.push_back(entry.resource());
    return resources;
  }

  testing::TestDatabase database_{{db::kPlatformMigrations}};
  RandomIdSource ids_{Clock::System()};
  Journal journal_{database_.pool(), ids_};
};

TEST_F(JournalTest, TellsWhoDidWhatToWhich) {
  meeting::v1::Meeting before;
  before.set_title("旧");
  meeting::v1::Meeting after;
  after.set_title("新");
  ASSERT_TRUE(db::InTransaction(database_.pool(), Soon(), [&](db::Connection& connection) {
                return journal_.Append(connection, CallIn("alliances/a"),
                                       {.resource = "alliances/a/meetings/m",
                                        .before = &before,
                                        .after = &after,
                                        .reason = "改期"});
              }).ok());
  EXPECT_THAT(Read(1), IsEmpty());  // not before it is sealed
  SealAll(journal_);
  const auto entries = Read(1);
  ASSERT_THAT(entries, SizeIs(1));
  const v1::Entry& entry = entries[0];
  EXPECT_EQ(entry.number(), 1);
  EXPECT_EQ(entry.actor(), "users/u");
  EXPECT_EQ(entry.method(), "jinhuan.test.v1.TestService/Change");
  EXPECT_EQ(entry.alliance(), "alliances/a");
  EXPECT_EQ(entry.resource(), "alliances/a/meetings/m");
  EXPECT_EQ(entry.reason(), "改期");
  EXPECT_EQ(entry.request(), "trace-1");
  EXPECT_EQ(entry.time().seconds(), 1'800'000'000);
  meeting::v1::Meeting read;
  ASSERT_TRUE(entry.before().UnpackTo(&read));
  EXPECT_EQ(read.title(), "旧");
  ASSERT_TRUE(entry.after().UnpackTo(&read));
  EXPECT_EQ(read.title(), "新");
  EXPECT_EQ(*journal_.Size(Soon()), 1);
}

TEST_F(JournalTest, ReadsOnFromAnyNumberAndByFilter) {
  for (int i = 0; i < 6; ++i) {
    ASSERT_TRUE(
        Append(fmt::format("r{}", i), absl::OkStatus(), i % 2 == 0 ? "alliances/a" : "alliances/b")
            .ok());
    SealAll(journal_);
  }
  EXPECT_THAT(Resources(1, 2, {}), ElementsAre("r0", "r1"));
  EXPECT_THAT(Resources(3, 2, {}), ElementsAre("r2", "r3"));
  EXPECT_THAT(Resources(7, 2, {}), IsEmpty());
  EXPECT_THAT(Resources(2, 10, {"alliances/a", ""}), ElementsAre("r2", "r4"));
  EXPECT_THAT(Resources(1, 10, {"", "r3"}), ElementsAre("r3"));
}

// Sixteen write, some in vain; two seal; one follows. Nothing that committed is
// lost, nothing that did not is there, and the numbers are dense at every moment.
TEST_F(JournalTest, IsDenseAndWholeWhateverHappensAtOnce) {
  constexpr int kWriters = 16;
  constexpr int kEach = 24;
  Journal other(database_.pool(), ids_);  // another process on the same journal
  std::atomic<int> writing = kWriters;
  std::vector<std::thread> threads;
  for (int w = 0; w < kWriters; ++w) {
    threads.emplace_back([&, w] {
      for (int i = 0; i < kEach; ++i) {
        const bool vain = i % 3 == 2;
        const absl::Status status = Append(fmt::format("{}-{}-{}", vain ? "vain" : "kept", w, i),
                                           vain ? absl::AbortedError("") : absl::OkStatus());
        EXPECT_EQ(status.ok(), !vain);
      }
      --writing;
    });
  }
  for (Journal* sealer : {&journal_, &other}) {
    threads.emplace_back([&, sealer] {
      while (writing > 0) EXPECT_TRUE(sealer->SealOnce().ok());
    });
  }
  std::vector<std::string> followed;
  threads.emplace_back([&] {
    const absl::Time deadline = Soon();
    while (followed.size() < kWriters * kEach * 2 / 3 && absl::Now() < deadline) {
      if (writing == 0) {
        EXPECT_TRUE(other.SealOnce().ok());
      }
      for (const v1::Entry& entry : Read(static_cast<int64_t>(followed.size()) + 1, 50)) {
        followed.push_back(entry.resource());
        EXPECT_EQ(entry.number(), static_cast<int64_t>(followed.size()));
      }
    }
  });
  for (std::thread& thread : threads) thread.join();
  SealAll(journal_);

  const auto entries = Read(1);
  ASSERT_THAT(entries, SizeIs(kWriters * kEach * 2 / 3));
  std::set<std::string> resources;
  std::vector<std::string> in_order;
  for (size_t i = 0; i < entries.size(); ++i) {
    EXPECT_EQ(entries[i].number(), static_cast<int64_t>(i) + 1);
    EXPECT_TRUE(entries[i].resource().starts_with("kept-")) << entries[i].resource();
    resources.insert(entries[i].resource());
    in_order.push_back(entries[i].resource());
  }
  EXPECT_EQ(resources.size(), entries.size());
  EXPECT_EQ(followed, in_order);
  EXPECT_EQ(*journal_.Size(Soon()), static_cast<int64_t>(entries.size()));
}

TEST_F(JournalTest, TheThreadSealsSoonAfterACommit) {
  journal_.StartSealing();
  absl::Duration best = absl::InfiniteDuration();
  for (int number = 1; number <= 6; ++number) {
    const absl::Time begin = absl::Now();
    ASSERT_TRUE(Append("r").ok());
    const absl::Time deadline = Soon();
    while (*journal_.Size(Soon()) < number && absl::Now() < deadline) {
      journal_.AwaitNumber(number, deadline);
    }
    ASSERT_EQ(*journal_.Size(Soon()), number);
    // The first may find it looking by itself.
    if (number > 1) best = std::min(best, absl::Now() - begin);
  }
  // Far below the second after which it would have looked by itself, but on a busy machine.
  EXPECT_LT(best, absl::Milliseconds(700));
  journal_.StopSealing();
}

// Two replicas of a service: who waits at one hears of what the other wrote and sealed.
TEST_F(JournalTest, WhoWaitsLearnsSoonWhatAnotherProcessSealed) {
  Journal other(database_.pool(), ids_);
  journal_.StartSealing();
  other.StartSealing();
  absl::Duration best = absl::InfiniteDuration();
  for (int number = 1; number <= 6; ++number) {
    const absl::Time begin = absl::Now();
    ASSERT_TRUE(Append("r").ok());
    const absl::Time deadline = Soon();
    int64_t known = 0;
    while (known < number && absl::Now() < deadline) known = other.AwaitNumber(number, deadline);
    ASSERT_EQ(known, number);
    if (number > 1) best = std::min(best, absl::Now() - begin);
  }
  EXPECT_LT(best, absl::Milliseconds(700));
}

TEST_F(JournalTest, EveryQueryUsesItsIndex) {
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(Append(fmt::format("r{}", i)).ok());
  SealAll(journal_);
  for (int i = 0; i < 50; ++i) ASSERT_TRUE(Append(fmt::format("u{}", i)).ok());
  ASSERT_TRUE(db::Read(database_.pool(), Soon(), [](db::Connection& connection) {
                return connection.Run(
                    "INSERT INTO journal_cosignature (tree_size, witness, signed_at, line) "
                    "VALUES (1, 'w', 0, ''), (2, 'w', 0, ''), (3, 'w', 0, '')");
              }).ok());
  ASSERT_TRUE(db::Read(database_.pool(), Soon(), [](db::Connection& connection) {
                return connection.Run(
                    "INSERT INTO journal_hour (hour, first_number, last_number) VALUES "
                    "('2026-03-01', 1, 9), ('2026-04-01', 9, 20), ('2027-03-01', 20, 99)");
              }).ok());
  testing::ExpectQueriesUseTheirIndex(database_);
}

}  // namespace
}  // namespace jinhuan::journal
