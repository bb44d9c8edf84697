#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "platform/db/connection.h"

namespace jinhuan::db {

// Where the database is and how many connections to hold.
struct PoolOptions {
  std::string socket;  // the server's unix socket
  std::string schema;
  std::string user;
  std::string password;  // empty: none
  int size = 16;         // at most so many connections, 1 or more
  // A server that says nothing for so long hangs: longer than any deadline.
  absl::Duration hung = absl::Seconds(70);
};

// A bounded pool of connections. Thread-safe. Connections are opened when first
// needed, READ COMMITTED, UTC, strict; a broken one is closed and replaced, so a
// restart of the database costs only the calls that were under way.
class Pool {
 public:
  explicit Pool(PoolOptions options);
  ~Pool();

  // A leased connection; goes back when it is destroyed. Must not outlive the
  // pool.
  class Lease {
   public:
    Lease(Pool& pool, std::unique_ptr<Connection> connection);
    Lease(Lease&&) = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease();
    Connection& operator*() const { return *connection_; }
    Connection* operator->() const { return connection_.get(); }

   private:
    Pool* pool_;
    std::unique_ptr<Connection> connection_;
  };

  // Leases a connection, waiting until `deadline` for one to come free.
  // RESOURCE_EXHAUSTED / OVERLOADED when none does, UNAVAILABLE / UNAVAILABLE
  // when the server can't be reached. A statement that runs on past the deadline is
  // ended by the server before twice what was left of it, with DEADLINE_EXCEEDED /
  // DEADLINE_EXCEEDED (Connection::EndStatementsAfter).
  absl::StatusOr<Lease> Acquire(absl::Time deadline);

  // Options of this pool; `schema` is what migrations are applied to.
  const PoolOptions& options() const { return options_; }

 private:
  void Release(std::unique_ptr<Connection> connection);
  absl::StatusOr<std::unique_ptr<Connection>> Open() const;
  std::unique_ptr<Connection> TakeIdle();

  const PoolOptions options_;
  absl::Mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_ ABSL_GUARDED_BY(mutex_);
  int leased_ ABSL_GUARDED_BY(mutex_) = 0;
};

// Runs `read` with a leased connection, outside any transaction: for reads that
// decide nothing. A connection that turns out to be broken is replaced and the
// read run once more.
absl::Status Read(Pool& pool, absl::Time deadline,
                  absl::FunctionRef<absl::Status(Connection&)> read);

// As above, for a read that returns what it found.
template <class Result>
absl::StatusOr<Result> Read(Pool& pool, absl::Time deadline,
                            absl::FunctionRef<absl::StatusOr<Result>(Connection&)> read) {
  absl::StatusOr<Result> result = absl::InternalError("not read");
  const absl::Status status = Read(pool, deadline, [&](Connection& connection) {
    result = read(connection);
    return result.status();
  });
  if (!status.ok()) return status;
  return result;
}

// As Read, for several reads that must agree: all of them see the database as it was at one
// moment. Three round trips more.
absl::Status ReadSnapshot(Pool& pool, absl::Time deadline,
                          absl::FunctionRef<absl::Status(Connection&)> read);
template <class Result>
absl::StatusOr<Result> ReadSnapshot(Pool& pool, absl::Time deadline,
                                    absl::FunctionRef<absl::StatusOr<Result>(Connection&)> read) {
  absl::StatusOr<Result> result = absl::InternalError("not read");
  const absl::Status status = ReadSnapshot(pool, deadline, [&](Connection& connection) {
    result = read(connection);
    return result.status();
  });
  if (!status.ok()) return status;
  return result;
}

// Runs `body` in one transaction: COMMIT when it returns OK, else ROLLBACK. On a
// deadlock, a lock wait or RetryTransaction() the whole is run again, after 10
// to 500 ms with jitter, at most 6 times and within `deadline`; so `body` may run
// several times and must keep nothing from a run that failed. A connection lost
// before COMMIT was sent is UNAVAILABLE / UNAVAILABLE: nothing happened. Lost
// or ended while COMMIT was under way is UNAVAILABLE / OUTCOME_UNKNOWN: the caller
// repeats the same request_id.
//
// The first statement of a body that decides anything is an UPDATE of the row
// that owns the conflict, or a conditional UPDATE whose changed rows it checks;
// never a plain SELECT.
absl::Status InTransaction(Pool& pool, absl::Time deadline,
                           absl::FunctionRef<absl::Status(Connection&)> body);

}  // namespace jinhuan::db
