#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "google/protobuf/message_lite.h"
#include "platform/db/query.h"

namespace sql {
class Connection;
class PreparedStatement;
class ResultSet;
}  // namespace sql

namespace jinhuan::db {

// A value for a `?`: NULL, a number, text or bytes (not copied: it must live
// until the call returns), or a time, kept to the microsecond as DATETIME(6) in
// UTC.
class Value {
 public:
  Value(std::nullopt_t) {}
  Value(int64_t v) : value_(v) {}
  Value(int v) : value_(int64_t{v}) {}
  Value(bool v) : value_(int64_t{v}) {}
  Value(std::string_view v) : value_(v) {}
  Value(const std::string& v) : value_(std::string_view(v)) {}
  Value(const char* v) : value_(std::string_view(v)) {}
  Value(absl::Time v) : value_(v) {}
  Value(std::optional<absl::Time> v) {
    if (v.has_value()) value_ = *v;
  }

  using Variant = std::variant<std::monostate, int64_t, std::string_view, absl::Time>;
  const Variant& variant() const { return value_; }

 private:
  Variant value_;
};

// One row of a result; valid during the call it is passed to. Columns count from
// 0. Reading a column as what it is not is a fault that ends the query.
class Row {
 public:
  explicit Row(sql::ResultSet& result) : result_(result) {}
  int64_t Int(int column) const;
  std::string Text(int column) const;
  absl::Time Time(int column) const;
  bool IsNull(int column) const;
  // Parses a column of serialised bytes into `message`.
  void Parse(int column, google::protobuf::MessageLite& message) const;

 private:
  sql::ResultSet& result_;
};

// A connection with its prepared statements. Not thread-safe: it belongs to
// whoever leased it. Every error is an absl::Status; see errors.h.
class Connection {
 public:
  explicit Connection(std::unique_ptr<sql::Connection> connection);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Runs a statement that changes rows; returns how many it changed.
  absl::StatusOr<int64_t> Execute(const Query& query, std::initializer_list<Value> values) {
    return Execute(query, absl::MakeConstSpan(values.begin(), values.size()));
  }
  absl::StatusOr<int64_t> Execute(const Query& query, absl::Span<const Value> values);

  // Runs a statement that must change exactly `rows` rows. RetryTransaction()
  // when it changes another number: someone else got there first.
  absl::Status ExecuteExactly(int64_t rows, const Query& query,
                              std::initializer_list<Value> values);

  // Runs a query and calls `each` for each row; returns how many there were.
  absl::StatusOr<int64_t> Select(const Query& query, std::initializer_list<Value> values,
                                 absl::FunctionRef<void(const Row&)> each);

  // Runs a text without parameters as it is: BEGIN, COMMIT, migrations.
  absl::Status Run(const std::string& sql);

  // From here on the server ends a statement that runs longer than `left`, or a little more: the
  // bound is the next of 1, 2, 4 ... 64 s, so that connections of the usual deadlines keep theirs
  // and pay no round trip; InfiniteDuration: never. An ended statement is Failure::kTimeout.
  absl::Status EndStatementsAfter(absl::Duration left);

  // Asks for `action` to be run right after the transaction under way has
  // committed; dropped when it does not commit. InTransaction calls
  // TakeCommitActions().
  void OnCommit(std::function<void()> action) { on_commit_.push_back(std::move(action)); }
  std::vector<std::function<void()>> TakeCommitActions() { return std::exchange(on_commit_, {}); }

  // True once the server was seen to be gone; such a connection is not reused.
  bool broken() const { return broken_; }

 private:
  absl::StatusOr<sql::PreparedStatement*> Prepare(const Query& query,
                                                  absl::Span<const Value> values);
  template <class F>
  absl::Status Guard(const char* sql, F&& f);

  std::unique_ptr<sql::Connection> connection_;
  absl::flat_hash_map<const Query*, std::unique_ptr<sql::PreparedStatement>> statements_;
  std::vector<std::function<void()>> on_commit_;
  int statement_seconds_ = 0;  // the bound that the server knows; 0: none
  bool broken_ = false;
};

}  // namespace jinhuan::db
