#include "platform/db/pool.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <thread>

#include "absl/time/clock.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "platform/testing/test_database.h"

namespace jinhuan::db {
namespace {

absl::Time Soon() { return absl::Now() + absl::Seconds(20); }

TEST(PoolTest, WaitsForAFreeConnectionNoLongerThanTheDeadline) {
  testing::TestDatabase database;
  PoolOptions options = database.pool().options();
  options.size = 2;
  Pool pool(options);
  auto first = std::make_unique<absl::StatusOr<Pool::Lease>>(pool.Acquire(Soon()));
  auto second = pool.Acquire(Soon());
  ASSERT_TRUE(first->ok() && second.ok());

  const absl::Time begin = absl::Now();
  EXPECT_EQ(ReasonOf(pool.Acquire(begin + absl::Milliseconds(50)).status()), "OVERLOADED");
  EXPECT_GE(absl::Now() - begin, absl::Milliseconds(50));
  EXPECT_LT(absl::Now() - begin, absl::Seconds(10));
  EXPECT_EQ(ReasonOf(pool.Acquire(absl::InfinitePast()).status()), "OVERLOADED");

  std::thread waiting([&] {
    auto lease = pool.Acquire(Soon());
    EXPECT_TRUE(lease.ok()) << lease.status();
  });
  first.reset();
  waiting.join();
  EXPECT_TRUE(pool.Acquire(Soon()).ok());
}

TEST(PoolTest, SaysWhenTheServerCannotBeReached) {
  Pool pool({.socket = "/nonexistent/s", .schema = "", .user = "root", .password = "", .size = 1});
  for (int i = 0; i < 3; ++i) {  // a failed opening takes no place
    EXPECT_EQ(ReasonOf(pool.Acquire(Soon()).status()), "UNAVAILABLE");
  }
}

// A database server of this test's own, to be killed.
class ServerTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::string pattern = std::filesystem::temp_directory_path() / "jinhuan-pool-XXXXXX";
    folder_ = mkdtemp(pattern.data());
    const int installed = std::system(
        ("TMPDIR=" + folder_ + " mariadb-install-db --no-defaults --user=" + User() +
         " --datadir=" + folder_ +
         "/data --auth-root-authentication-method=normal --skip-test-db --skip-name-resolve "
         "--innodb-log-file-size=4M >/dev/null 2>&1")
            .c_str());
    ASSERT_EQ(installed, 0);
  }
  static void TearDownTestSuite() { std::filesystem::remove_all(folder_); }
  ~ServerTest() override { Kill(); }

  void Start() {
    server_ = fork();
    if (server_ == 0) {
      const int null = open("/dev/null", O_RDWR);
      dup2(null, STDOUT_FILENO);
      dup2(null, STDERR_FILENO);
      execlp("mariadbd", "mariadbd", "--no-defaults", ("--user=" + User()).c_str(),
             ("--datadir=" + folder_ + "/data").c_str(), ("--socket=" + Socket()).c_str(),
             ("--pid-file=" + folder_ + "/pid").c_str(), ("--tmpdir=" + folder_).c_str(),
             "--skip-networking", "--innodb-log-file-size=4M", "--innodb-buffer-pool-size=8M",
             "--performance-schema=OFF", nullptr);
      _exit(127);
    }
    // The server serves as soon as it can be connected to.
    const absl::Time deadline = Soon();
    Pool probe(Options());
    while (!probe.Acquire(deadline).ok() && absl::Now() < deadline) {
      absl::SleepFor(absl::Milliseconds(20));
    }
  }
  void Kill() {
    if (server_ <= 0) return;
    kill(server_, SIGKILL);
    waitpid(server_, nullptr, 0);
    server_ = 0;
  }

  static std::string User() { return getpwuid(geteuid())->pw_name; }
  static std::string Socket() { return folder_ + "/s"; }
  static PoolOptions Options() {
    return {.socket = Socket(), .schema = "mysql", .user = "root", .password = "", .size = 4};
  }

  inline static std::string folder_;
  pid_t server_ = 0;
};

const Query kPut("INSERT INTO test.kept (id) VALUES (?)", "");
const Query kCount("SELECT id FROM test.kept", "PRIMARY");

absl::Status Put(Pool& pool, int id) {
  return InTransaction(pool, Soon(), [&](Connection& connection) {
    return connection.ExecuteExactly(1, kPut, {id});
  });
}

int64_t Count(Pool& pool) {
  int64_t count = -1;
  const absl::Status status = Read(pool, Soon(), [&](Connection& connection) {
    const auto found = connection.Select(kCount, {}, [](const Row&) {});
    count = found.value_or(-1);
    return found.status();
  });
  EXPECT_TRUE(status.ok()) << status;
  return count;
}

TEST_F(ServerTest, OutlivesARestartOfTheDatabase) {
  Start();
  Pool pool(Options());
  {
    auto a = pool.Acquire(Soon());
    auto b = pool.Acquire(Soon());
    ASSERT_TRUE(a.ok() && b.ok()) << a.status();
    ASSERT_TRUE((*a)->Run("CREATE DATABASE test").ok());
    ASSERT_TRUE((*b)->Run("CREATE TABLE test.kept (id BIGINT PRIMARY KEY) ENGINE=InnoDB").ok());
  }  // two connections idle from here on
  ASSERT_TRUE(Put(pool, 1).ok());

  Kill();
  Start();
  EXPECT_TRUE(Put(pool, 2).ok());  // the idle connections were dead
  EXPECT_EQ(Count(pool), 2);

  // The server goes in the middle of a transaction, and stays away.
  const absl::Status lost = InTransaction(pool, Soon(), [&](Connection& connection) {
    const absl::Status status = connection.ExecuteExactly(1, kPut, {3});
    Kill();
    return status;
  });
  EXPECT_EQ(lost.code(), absl::StatusCode::kUnavailable) << lost;
  EXPECT_EQ(ReasonOf(Put(pool, 4)), "UNAVAILABLE");
  Start();
  EXPECT_EQ(Count(pool), 2);
  EXPECT_TRUE(Put(pool, 4).ok());
}

TEST_F(ServerTest, ACommitWhoseAnswerIsLostIsUnknown) {
  Start();
  Pool pool(Options());
  const absl::Status status = InTransaction(pool, Soon(), [&](Connection& connection) {
    const absl::Status done = connection.Run("DO 1");
    Kill();  // COMMIT finds nobody
    return done;
  });
  EXPECT_EQ(ReasonOf(status), "OUTCOME_UNKNOWN");
}

}  // namespace
}  // namespace jinhuan::db
