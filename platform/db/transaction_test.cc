#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <thread>

#include "absl/time/clock.h"
#include "platform/db/errors.h"
#include "platform/db/pool.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "platform/testing/test_database.h"

namespace jinhuan::db {
namespace {

const Query kRead("SELECT value, version FROM counter WHERE id = ?", "PRIMARY");
const Query kAdd("UPDATE counter SET value = value + ? WHERE id = ?", "PRIMARY");
const Query kSwap(
    "UPDATE counter SET value = ?, version = version + 1 WHERE id = ? AND version = ?", "PRIMARY");

class TransactionTest : public ::testing::Test {
 protected:
  TransactionTest() {
    auto lease = pool_.Acquire(Soon());
    EXPECT_TRUE((*lease)
                    ->Run("CREATE TABLE counter (id BIGINT PRIMARY KEY, value BIGINT NOT NULL, "
                          "version BIGINT NOT NULL) ENGINE=InnoDB")
                    .ok());
    EXPECT_TRUE((*lease)->Run("INSERT INTO counter VALUES (1, 0, 0), (2, 0, 0)").ok());
  }

  static absl::Time Soon() { return absl::Now() + absl::Seconds(20); }

  int64_t Value(int id) {
    int64_t value = -1;
    EXPECT_TRUE(Read(pool_, Soon(), [&](Connection& connection) {
                  return connection.Select(kRead, {id}, [&](const Row& row) { value = row.Int(0); })
                      .status();
                }).ok());
    return value;
  }

  testing::TestDatabase database_;
  Pool& pool_ = database_.pool();
};

TEST_F(TransactionTest, CommitsOnOkAndRollsBackOnError) {
  EXPECT_TRUE(InTransaction(pool_, Soon(), [](Connection& connection) {
                return connection.ExecuteExactly(1, kAdd, {5, 1});
              }).ok());
  EXPECT_EQ(Value(1), 5);
  int runs = 0;
  const absl::Status status =
      InTransaction(pool_, Soon(), [&](Connection& connection) -> absl::Status {
        ++runs;
        JH_RETURN_IF_ERROR(connection.ExecuteExactly(1, kAdd, {5, 1}));
        return Error(error::v1::COMMON_REASON_ETAG_STALE, {{"name", "n"}});
      });
  EXPECT_EQ(ReasonOf(status), "ETAG_STALE");
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(Value(1), 5);
}

TEST_F(TransactionTest, ASnapshotIsOfOneMoment) {
  const auto add = [&](int id) {
    EXPECT_TRUE(InTransaction(pool_, Soon(), [&](Connection& connection) {
                  return connection.ExecuteExactly(1, kAdd, {5, id});
                }).ok());
  };
  const auto total = [&](auto reading) {
    int64_t sum = 0;
    EXPECT_TRUE(reading([&](Connection& connection) -> absl::Status {
                  const auto count = [&](const Row& row) { sum += row.Int(0); };
                  JH_RETURN_IF_ERROR(connection.Select(kRead, {1}, count).status());
                  add(1);
                  add(2);
                  return connection.Select(kRead, {2}, count).status();
                }).ok());
    return sum;
  };
  EXPECT_EQ(total([&](auto read) { return ReadSnapshot(pool_, Soon(), read); }), 0);
  // What follows on the connection sees things as they are again.
  EXPECT_EQ(Value(2), 5);
  EXPECT_EQ(total([&](auto read) { return Read(pool_, Soon(), read); }), 5 + 10);
}

TEST_F(TransactionTest, ADeadlockIsRunAgain) {
  std::barrier both_hold(2);
  std::atomic<int> runs = 0;
  const auto cross = [&](int first, int second) {
    int attempt = 0;
    return InTransaction(pool_, Soon(), [&](Connection& connection) -> absl::Status {
      ++runs;
      JH_RETURN_IF_ERROR(connection.ExecuteExactly(1, kAdd, {1, first}));
      if (attempt++ == 0) both_hold.arrive_and_wait();
      return connection.ExecuteExactly(1, kAdd, {1, second});
    });
  };
  absl::Status other;
  std::thread thread([&] { other = cross(2, 1); });
  const absl::Status mine = cross(1, 2);
  thread.join();
  EXPECT_TRUE(mine.ok()) << mine;
  EXPECT_TRUE(other.ok()) << other;
  EXPECT_EQ(runs, 3);
  EXPECT_EQ(Value(1), 2);
  EXPECT_EQ(Value(2), 2);
}

TEST_F(TransactionTest, NoUpdateIsLostUnderCompareAndSwap) {
  std::atomic<int64_t> acknowledged = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 6; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 10; ++i) {
        const absl::Status status =
            InTransaction(pool_, Soon(), [](Connection& connection) -> absl::Status {
              int64_t value = 0;
              int64_t version = 0;
              JH_RETURN_IF_ERROR(connection
                                     .Select(kRead, {1},
                                             [&](const Row& row) {
                                               value = row.Int(0);
                                               version = row.Int(1);
                                             })
                                     .status());
              return connection.ExecuteExactly(1, kSwap, {value + 1, 1, version});
            });
        if (status.ok()) ++acknowledged;
        EXPECT_TRUE(status.ok() || ReasonOf(status) == "CONFLICT") << status;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(Value(1), acknowledged);
  EXPECT_GE(acknowledged, 30);
}

TEST_F(TransactionTest, GivesUpAfterSixRunsOrAtTheDeadline) {
  int runs = 0;
  const auto lose = [&](Connection&) {
    ++runs;
    return RetryTransaction();
  };
  EXPECT_EQ(ReasonOf(InTransaction(pool_, Soon(), lose)), "CONFLICT");
  EXPECT_EQ(runs, 6);
  runs = 0;
  const absl::Time soon = absl::Now() + absl::Milliseconds(15);
  EXPECT_EQ(ReasonOf(InTransaction(pool_, soon, lose)), "CONFLICT");
  EXPECT_LT(runs, 6);
}

const Query kSleep("SELECT SLEEP(?)", "");
const Query kBound("SELECT @@max_statement_time", "");

TEST_F(TransactionTest, AStatementEndsWithTheDeadlineOfItsCall) {
  const absl::Time begin = absl::Now();
  const absl::Status status =
      InTransaction(pool_, begin + absl::Milliseconds(800), [&](Connection& connection) {
        JH_RETURN_IF_ERROR(connection.ExecuteExactly(1, kAdd, {5, 1}));
        return connection.Select(kSleep, {15}, [](const Row&) {}).status();
      });
  EXPECT_EQ(ReasonOf(status), "DEADLINE_EXCEEDED");
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_LT(absl::Now() - begin, absl::Seconds(5));
  EXPECT_EQ(Value(1), 0);
  // The next one on the same connection has its own bound.
  EXPECT_TRUE(InTransaction(pool_, Soon(), [&](Connection& connection) {
                return connection.Select(kSleep, {2}, [](const Row&) {}).status();
              }).ok());
}

TEST_F(TransactionTest, BoundsStatementsBySteps) {
  const auto bound = [&](absl::Duration left) {
    int64_t seconds = -1;
    auto lease = pool_.Acquire(absl::Now() + left);
    EXPECT_TRUE((*lease)->Select(kBound, {}, [&](const Row& row) { seconds = row.Int(0); }).ok());
    return seconds;
  };
  EXPECT_EQ(bound(absl::Seconds(10)), 16);
  EXPECT_EQ(bound(absl::Seconds(60)), 64);
  EXPECT_EQ(bound(absl::Hours(24)), 64);  // a server that says nothing for longer hangs
  EXPECT_EQ(bound(-absl::Seconds(5)), 1);
  EXPECT_EQ(bound(absl::InfiniteDuration()), 0);
}

TEST_F(TransactionTest, OnCommitRunsOnceAndOnlyAfterTheCommit) {
  int actions = 0;
  int runs = 0;
  EXPECT_TRUE(InTransaction(pool_, Soon(), [&](Connection& connection) -> absl::Status {
                connection.OnCommit([&] {
                  ++actions;
                  EXPECT_EQ(Value(1), 7);  // others see it by now
                });
                if (++runs == 1) return RetryTransaction();
                JH_RETURN_IF_ERROR(connection.ExecuteExactly(1, kAdd, {7, 1}));
                EXPECT_EQ(Value(1), 0);
                EXPECT_EQ(actions, 0);
                return absl::OkStatus();
              }).ok());
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(actions, 1);

  EXPECT_FALSE(InTransaction(pool_, Soon(), [&](Connection& connection) {
                 connection.OnCommit([&] { ++actions; });
                 return absl::InternalError("no");
               }).ok());
  EXPECT_TRUE(InTransaction(pool_, Soon(), [](Connection&) { return absl::OkStatus(); }).ok());
  EXPECT_EQ(actions, 1);
}

}  // namespace
}  // namespace jinhuan::db
