#include "platform/db/connection.h"

#include <gtest/gtest.h>

#include <limits>

#include "absl/time/clock.h"
#include "jinhuan/meeting/v1/meeting.pb.h"
#include "platform/db/errors.h"
#include "platform/testing/test_database.h"

namespace jinhuan::db {
namespace {

const Query kPut("INSERT INTO kept (id, number, text, bytes, time) VALUES (?, ?, ?, ?, ?)", "");
const Query kGet("SELECT number, text, bytes, time FROM kept WHERE id = ?", "PRIMARY");
const Query kChange("UPDATE kept SET text = ? WHERE id >= ? AND text <> ?", "PRIMARY");

class ConnectionTest : public ::testing::Test {
 protected:
  ConnectionTest() : lease_(database_.pool().Acquire(absl::Now() + absl::Seconds(10))) {
    EXPECT_TRUE(connection()
                    .Run("CREATE TABLE kept (id BIGINT PRIMARY KEY, number BIGINT NULL, "
                         "text VARCHAR(40) NULL, bytes MEDIUMBLOB NULL, time DATETIME(6) NULL, "
                         "CHECK (number <> 13)) ENGINE=InnoDB")
                    .ok());
  }
  Connection& connection() { return **lease_; }

  testing::TestDatabase database_;
  absl::StatusOr<Pool::Lease> lease_;
};

struct Kept {
  int64_t number;
  std::string text;
  std::string bytes;
  absl::Time time;
};

TEST_F(ConnectionTest, ValuesComeBackAsTheyWent) {
  std::string all_bytes;
  for (int i = 0; i < 1024; ++i) all_bytes += static_cast<char>(i & 0xFF);
  const absl::Time noon =
      absl::FromCivil(absl::CivilSecond(2026, 11, 23, 12, 0, 0), absl::UTCTimeZone());
  const std::vector<Kept> rows = {
      {0, "", "", noon},
      {std::numeric_limits<int64_t>::max(), "党建🚗e\xCC\x81", all_bytes,
       noon + absl::Microseconds(1)},
      {std::numeric_limits<int64_t>::min(), "'; DROP TABLE kept; --", std::string(2'000'000, '\0'),
       noon + absl::Milliseconds(120)},
      {-1, "a\\b\"c\n", "\xFF\xFE", absl::FromUnixMicros(-1)},
      {1, "x", "y",
       absl::FromCivil(absl::CivilSecond(9999, 12, 31, 23, 59, 59), absl::UTCTimeZone()) +
           absl::Microseconds(999'999)},
  };
  for (size_t i = 0; i < rows.size(); ++i) {
    const Kept& row = rows[i];
    ASSERT_TRUE(
        connection()
            .ExecuteExactly(1, kPut,
                            {static_cast<int64_t>(i), row.number, row.text, row.bytes, row.time})
            .ok());
  }
  for (size_t i = 0; i < rows.size(); ++i) {
    SCOPED_TRACE(i);
    const auto found = connection().Select(kGet, {static_cast<int64_t>(i)}, [&](const Row& row) {
      EXPECT_EQ(row.Int(0), rows[i].number);
      EXPECT_EQ(row.Text(1), rows[i].text);
      EXPECT_EQ(row.Text(2), rows[i].bytes);
      EXPECT_EQ(row.Time(3), rows[i].time);
    });
    ASSERT_TRUE(found.ok()) << found.status();
    EXPECT_EQ(*found, 1);
  }
}

TEST_F(ConnectionTest, NullIsNull) {
  ASSERT_TRUE(
      connection()
          .Execute(kPut, {1, std::nullopt, std::nullopt, std::nullopt, std::optional<absl::Time>()})
          .ok());
  const auto found = connection().Select(kGet, {1}, [](const Row& row) {
    for (int column = 0; column < 4; ++column) EXPECT_TRUE(row.IsNull(column)) << column;
  });
  EXPECT_EQ(found.value_or(0), 1);
}

TEST_F(ConnectionTest, ATimeIsCutToTheMicrosecond) {
  const absl::Time time = absl::FromUnixNanos(1'800'000'000'123'456'999);
  ASSERT_TRUE(connection().Execute(kPut, {1, 1, "", "", time}).ok());
  ASSERT_TRUE(connection()
                  .Select(kGet, {1},
                          [](const Row& row) {
                            EXPECT_EQ(absl::ToUnixNanos(row.Time(3)), 1'800'000'000'123'456'000);
                          })
                  .ok());
}

TEST_F(ConnectionTest, SaysHowManyRowsChanged) {
  for (int id = 1; id <= 3; ++id) {
    ASSERT_TRUE(connection().Execute(kPut, {id, 1, "a", "", std::nullopt}).ok());
  }
  EXPECT_EQ(*connection().Execute(kChange, {"b", 2, "b"}), 2);
  EXPECT_EQ(*connection().Execute(kChange, {"b", 2, "b"}), 0);
  EXPECT_EQ(FailureOf(connection().ExecuteExactly(1, kChange, {"b", 2, "b"})), Failure::kRetry);
}

TEST_F(ConnectionTest, TellsTheFailuresApart) {
  ASSERT_TRUE(connection().Execute(kPut, {1, 1, "a", "", std::nullopt}).ok());
  const auto put = [&](int id, int number, std::string_view text) {
    return connection().Execute(kPut, {id, number, text, "", std::nullopt}).status();
  };
  EXPECT_TRUE(IsDuplicate(put(1, 1, "a")));
  EXPECT_EQ(FailureOf(put(2, 13, "a")), Failure::kCheck);
  const absl::Status too_long = put(2, 1, std::string(41, 'x'));
  EXPECT_EQ(FailureOf(too_long), Failure::kOther);
  EXPECT_EQ(too_long.code(), absl::StatusCode::kInternal);
  EXPECT_EQ(std::string(too_long.message()).find("text"), std::string::npos);  // no driver's text
  EXPECT_FALSE(connection().broken());
  EXPECT_TRUE(put(2, 1, "a").ok());  // and the connection goes on
}

TEST_F(ConnectionTest, ReadingNonsenseEndsTheQueryAndNoMore) {
  ASSERT_TRUE(connection().Execute(kPut, {1, 1, "a", "\xFF", std::nullopt}).ok());
  meeting::v1::Meeting message;
  EXPECT_EQ(connection()
                .Select(kGet, {1}, [&](const Row& row) { row.Parse(2, message); })
                .status()
                .code(),
            absl::StatusCode::kInternal);
  EXPECT_EQ(connection().Select(kGet, {1}, [](const Row& row) { row.Time(1); }).status().code(),
            absl::StatusCode::kInternal);
  EXPECT_EQ(connection().Select(kGet, {1}, [](const Row&) {}).value_or(0), 1);
}

TEST_F(ConnectionTest, TheSessionIsAsTheStoresExpect) {
  const Query session(
      "SELECT @@session.tx_isolation, @@session.time_zone, "
      "@@session.sql_mode LIKE '%STRICT_ALL_TABLES%', @@session.autocommit, "
      "@@session.character_set_client",
      "");
  const auto found = connection().Select(session, {}, [](const Row& row) {
    EXPECT_EQ(row.Text(0), "READ-COMMITTED");
    EXPECT_EQ(row.Text(1), "+00:00");
    EXPECT_EQ(row.Int(2), 1);
    EXPECT_EQ(row.Int(3), 1);
    EXPECT_EQ(row.Text(4), "utf8mb4");
  });
  EXPECT_EQ(found.value_or(0), 1);
}

}  // namespace
}  // namespace jinhuan::db
