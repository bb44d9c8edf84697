#include "platform/db/migrate.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "absl/time/clock.h"
#include "platform/testing/test_database.h"

namespace jinhuan::db {
namespace {

const Query kRuns("SELECT id FROM run", "PRIMARY");

class MigrateTest : public ::testing::Test {
 protected:
  MigrateTest() {
    std::string pattern = ::testing::TempDir() + "migrate-XXXXXX";
    folder_ = mkdtemp(pattern.data());
    // Each application of 0002 leaves a row.
    Write("0001_runs.sql",
          "-- How often.\nCREATE TABLE IF NOT EXISTS run (\n  id BIGINT NOT NULL AUTO_INCREMENT "
          "PRIMARY KEY\n) ENGINE=InnoDB;\n");
    Write("0002_count.sql", "INSERT INTO run VALUES (NULL);\n");
  }
  ~MigrateTest() override { std::filesystem::remove_all(folder_); }

  void Write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ + "/" + name) << text;
  }
  absl::Status Run() {
    Pool pool(database_.pool().options());  // as a process of its own
    return Migrate(pool, {folder_}, absl::Now() + absl::Seconds(30));
  }
  int64_t Runs() {
    auto lease = database_.pool().Acquire(absl::Now() + absl::Seconds(10));
    return (*lease)->Select(kRuns, {}, [](const Row&) {}).value_or(-1);
  }

  testing::TestDatabase database_;
  std::string folder_;
};

TEST_F(MigrateTest, AppliesEachFileOnce) {
  ASSERT_TRUE(Run().ok());
  ASSERT_TRUE(Run().ok());
  EXPECT_EQ(Runs(), 1);
  Write("0003_again.sql", "INSERT INTO run VALUES (NULL);\nINSERT INTO run VALUES (NULL);\n");
  ASSERT_TRUE(Run().ok());
  EXPECT_EQ(Runs(), 3);
}

TEST_F(MigrateTest, RefusesAFileThatChangedOrIsMissing) {
  ASSERT_TRUE(Run().ok());
  Write("0002_count.sql", "INSERT INTO run VALUES (NULL); \n");
  EXPECT_EQ(Run().code(), absl::StatusCode::kFailedPrecondition);
  Write("0002_count.sql", "INSERT INTO run VALUES (NULL);\n");
  EXPECT_TRUE(Run().ok());
  std::filesystem::remove(folder_ + "/0002_count.sql");
  EXPECT_EQ(Run().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Runs(), 1);
}

TEST_F(MigrateTest, AFileThatFailsIsTriedAgain) {
  Write("0003_bad.sql", "INSERT INTO nowhere VALUES (1);\n");
  EXPECT_FALSE(Run().ok());
  Write("0003_bad.sql", "INSERT INTO run VALUES (NULL);\n");
  EXPECT_TRUE(Run().ok());
  EXPECT_TRUE(Run().ok());
}

TEST_F(MigrateTest, EightAtOnceApplyOnce) {
  std::atomic<int> ok = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      const absl::Status status = Run();
      EXPECT_TRUE(status.ok()) << status;
      if (status.ok()) ++ok;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(ok, 8);
  EXPECT_EQ(Runs(), 1);
}

TEST_F(MigrateTest, SaysWhenAFolderIsNotThere) {
  Pool pool(database_.pool().options());
  EXPECT_EQ(Migrate(pool, {folder_ + "/none"}, absl::Now() + absl::Seconds(5)).code(),
            absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace jinhuan::db
