#include "platform/db/pool.h"

#include <cppconn/driver.h>
#include <cppconn/exception.h>
#include <mysql_driver.h>
#include <sodium.h>

#include "absl/time/clock.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/db/errors.h"
#include "platform/log.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::db {
namespace {

// The connector sets REPEATABLE READ at every connect, whatever the server
// says, so the session is set up after each one.
constexpr char kIsolation[] = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";
constexpr char kSessionSetup[] =
    "SET SESSION time_zone = '+00:00', "
    "sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO', "
    "innodb_lock_wait_timeout = 5";

constexpr int kMaxAttempts = 6;

absl::Duration Backoff(int attempt) {
  const int64_t ceiling_ms = std::min<int64_t>(500, int64_t{20} << attempt);
  return absl::Milliseconds(10 + randombytes_uniform(static_cast<uint32_t>(ceiling_ms)));
}

}  // namespace

Pool::Pool(PoolOptions options) : options_(std::move(options)) {
  sql::mysql::get_mysql_driver_instance();  // not thread-safe the first time
}

Pool::~Pool() = default;

Pool::Lease::Lease(Pool& pool, std::unique_ptr<Connection> connection)
    : pool_(&pool), connection_(std::move(connection)) {}

Pool::Lease::~Lease() {
  if (connection_) pool_->Release(std::move(connection_));
}

std::unique_ptr<Connection> Pool::TakeIdle() {
  absl::MutexLock lock(&mutex_);
  if (idle_.empty()) return nullptr;
  std::unique_ptr<Connection> connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

absl::StatusOr<Pool::Lease> Pool::Acquire(absl::Time deadline) {
  {
    absl::MutexLock lock(&mutex_);
    const auto free = [this]()
                          ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return leased_ < options_.size; };
    if (!mutex_.AwaitWithDeadline(absl::Condition(&free), deadline)) {
      return Error(error::v1::COMMON_REASON_OVERLOADED);
    }
    ++leased_;
  }
  const absl::Duration left = deadline - absl::Now();
  // One that idled through a restart of the server may be found dead here.
  while (std::unique_ptr<Connection> connection = TakeIdle()) {
    if (connection->EndStatementsAfter(left).ok()) return Lease(*this, std::move(connection));
  }
  absl::StatusOr<std::unique_ptr<Connection>> opened = Open();
  absl::Status status = opened.status();
  if (status.ok()) status = (*opened)->EndStatementsAfter(left);
  if (!status.ok()) {
    Release(nullptr);
    return status;
  }
  return Lease(*this, *std::move(opened));
}

void Pool::Release(std::unique_ptr<Connection> connection) {
  absl::MutexLock lock(&mutex_);
  --leased_;
  if (!connection) return;
  if (connection->broken()) {
    idle_.clear();  // what one connection has seen, the idle ones will see too
  } else {
    idle_.push_back(std::move(connection));
  }
}

absl::StatusOr<std::unique_ptr<Connection>> Pool::Open() const {
  try {
    sql::ConnectOptionsMap map;
    map["hostName"] = sql::SQLString("unix://" + options_.socket);
    map["userName"] = sql::SQLString(options_.user);
    map["password"] = sql::SQLString(options_.password);
    map["schema"] = sql::SQLString(options_.schema);
    map["OPT_CONNECT_TIMEOUT"] = 2;
    map["OPT_READ_TIMEOUT"] = static_cast<int>(absl::ToInt64Seconds(options_.hung));
    map["OPT_WRITE_TIMEOUT"] = static_cast<int>(absl::ToInt64Seconds(options_.hung));
    map["OPT_CHARSET_NAME"] = sql::SQLString("utf8mb4");
    auto connection = std::make_unique<Connection>(
        std::unique_ptr<sql::Connection>(sql::mysql::get_mysql_driver_instance()->connect(map)));
    JH_RETURN_IF_ERROR(connection->Run(kIsolation));
    JH_RETURN_IF_ERROR(connection->Run(kSessionSetup));
    return connection;
  } catch (const sql::SQLException& error) {
    log::Warning("database unreachable", {{"code", error.getErrorCode()}, {"text", error.what()}});
    return Error(error::v1::COMMON_REASON_UNAVAILABLE);
  }
}

absl::Status Read(Pool& pool, absl::Time deadline,
                  absl::FunctionRef<absl::Status(Connection&)> read) {
  absl::Status status;
  for (int attempt = 0; attempt < 2; ++attempt) {
    JH_ASSIGN_OR_RETURN(Pool::Lease lease, pool.Acquire(deadline));
    status = read(*lease);
    if (FailureOf(status) != Failure::kLost) break;
  }
  return status;
}

absl::Status ReadSnapshot(Pool& pool, absl::Time deadline,
                          absl::FunctionRef<absl::Status(Connection&)> read) {
  return Read(pool, deadline, [&](Connection& connection) -> absl::Status {
    JH_RETURN_IF_ERROR(connection.Run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"));
    JH_RETURN_IF_ERROR(connection.Run("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"));
    const absl::Status status = read(connection);
    const absl::Status ended = connection.broken() ? absl::OkStatus() : connection.Run("COMMIT");
    return status.ok() ? ended : status;
  });
}

namespace {

// One attempt: OK, or why not, with a lost COMMIT told apart.
absl::Status Attempt(Connection& connection, absl::FunctionRef<absl::Status(Connection&)> body) {
  connection.TakeCommitActions();
  JH_RETURN_IF_ERROR(connection.Run("START TRANSACTION"));
  absl::Status status = body(connection);
  if (status.ok()) {
    status = connection.Run("COMMIT");
    const Failure failure = FailureOf(status);
    if (failure == Failure::kLost || failure == Failure::kTimeout) {
      return Error(error::v1::COMMON_REASON_OUTCOME_UNKNOWN);
    }
    if (status.ok()) {
      for (const auto& action : connection.TakeCommitActions()) action();
      return status;
    }
  }
  // Also after a COMMIT that failed: the next START TRANSACTION would commit
  // what is still open.
  if (!connection.broken()) connection.Run("ROLLBACK").IgnoreError();
  return status;
}

bool RunAgain(const absl::Status& status, bool fresh) {
  const Failure failure = FailureOf(status);
  // A connection that idled through a restart of the server fails at its first
  // statement: nothing was done yet, so a new one may try.
  return failure == Failure::kRetry || (failure == Failure::kLost && fresh);
}

}  // namespace

absl::Status InTransaction(Pool& pool, absl::Time deadline,
                           absl::FunctionRef<absl::Status(Connection&)> body) {
  absl::Status status;
  for (int attempt = 0; attempt < kMaxAttempts; ++attempt) {
    if (attempt > 0) {
      const absl::Duration pause = Backoff(attempt);
      if (absl::Now() + pause >= deadline) return Error(error::v1::COMMON_REASON_CONFLICT);
      absl::SleepFor(pause);
    }
    JH_ASSIGN_OR_RETURN(Pool::Lease lease, pool.Acquire(deadline));
    status = Attempt(*lease, body);
    if (!RunAgain(status, attempt == 0)) return status;
  }
  return FailureOf(status) == Failure::kRetry ? Error(error::v1::COMMON_REASON_CONFLICT) : status;
}

}  // namespace jinhuan::db
