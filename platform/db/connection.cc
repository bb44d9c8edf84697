#include "platform/db/connection.h"

#include <cppconn/connection.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>
#include <fmt/format.h>

#include <cstdio>
#include <stdexcept>

#include "platform/db/errors.h"
#include "platform/log.h"
#include "platform/status/status_macros.h"

namespace jinhuan::db {
namespace {

// DATETIME(6) as the server reads and writes it.
std::string Datetime(absl::Time time) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%E6S", time, absl::UTCTimeZone());
}

// Longer than any deadline of a call, and shorter than what counts as a server that hangs.
constexpr int kLongestStatementSeconds = 64;

int BoundOf(absl::Duration left) {
  if (left == absl::InfiniteDuration()) return 0;
  int seconds = 1;
  while (seconds < kLongestStatementSeconds && absl::Seconds(seconds) < left) seconds *= 2;
  return seconds;
}

void Bind(sql::PreparedStatement& statement, unsigned index, const Value& value) {
  if (const auto* number = std::get_if<int64_t>(&value.variant())) {
    statement.setInt64(index, *number);
  } else if (const auto* text = std::get_if<std::string_view>(&value.variant())) {
    statement.setString(index, sql::SQLString(text->data(), text->size()));
  } else if (const auto* time = std::get_if<absl::Time>(&value.variant())) {
    statement.setString(index, Datetime(*time));
  } else {
    statement.setNull(index, 0);
  }
}

}  // namespace

int64_t Row::Int(int column) const { return result_.getInt64(static_cast<uint32_t>(column + 1)); }

std::string Row::Text(int column) const {
  return result_.getString(static_cast<uint32_t>(column + 1)).asStdString();
}

absl::Time Row::Time(int column) const {
  const std::string text = Text(column);  // 2026-11-23 08:00:00[.ffffff]
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  if (std::sscanf(text.c_str(), "%d-%d-%d %d:%d:%d", &year, &month, &day, &hour, &minute,
                  &second) != 6) {
    throw std::runtime_error("not a time: " + text);
  }
  int64_t micros = 0;
  if (text.size() > 20) {
    std::string fraction = text.substr(20);
    fraction.resize(6, '0');
    micros = std::stoll(fraction);
  }
  return absl::FromCivil(absl::CivilSecond(year, month, day, hour, minute, second),
                         absl::UTCTimeZone()) +
         absl::Microseconds(micros);
}

bool Row::IsNull(int column) const { return result_.isNull(static_cast<uint32_t>(column + 1)); }

void Row::Parse(int column, google::protobuf::MessageLite& message) const {
  if (!message.ParseFromString(Text(column))) {
    throw std::runtime_error("not a " + message.GetTypeName());
  }
}

Connection::Connection(std::unique_ptr<sql::Connection> connection)
    : connection_(std::move(connection)) {}

Connection::~Connection() {
  statements_.clear();  // statements go before their connection
}

template <class F>
absl::Status Connection::Guard(const char* sql, F&& f) {
  try {
    f();
    return absl::OkStatus();
  } catch (const sql::SQLException& error) {
    absl::Status status = ToStatus(error, sql);
    broken_ = broken_ || FailureOf(status) == Failure::kLost;
    return status;
  } catch (const std::exception& error) {
    log::Error("database driver", {{"text", error.what()}, {"sql", sql}});
    return absl::InternalError("the store answered with nonsense");
  }
}

absl::StatusOr<sql::PreparedStatement*> Connection::Prepare(const Query& query,
                                                            absl::Span<const Value> values) {
  auto& statement = statements_[&query];
  JH_RETURN_IF_ERROR(Guard(query.sql, [&] {
    if (!statement) statement.reset(connection_->prepareStatement(query.sql));
    unsigned index = 0;
    for (const Value& value : values) Bind(*statement, ++index, value);
  }));
  return statement.get();
}

absl::StatusOr<int64_t> Connection::Execute(const Query& query, absl::Span<const Value> values) {
  JH_ASSIGN_OR_RETURN(sql::PreparedStatement * statement, Prepare(query, values));
  int64_t changed = 0;
  JH_RETURN_IF_ERROR(Guard(query.sql, [&] { changed = statement->executeUpdate(); }));
  return changed;
}

absl::Status Connection::ExecuteExactly(int64_t rows, const Query& query,
                                        std::initializer_list<Value> values) {
  JH_ASSIGN_OR_RETURN(const int64_t changed, Execute(query, values));
  return changed == rows ? absl::OkStatus() : RetryTransaction();
}

absl::StatusOr<int64_t> Connection::Select(const Query& query, std::initializer_list<Value> values,
                                           absl::FunctionRef<void(const Row&)> each) {
  JH_ASSIGN_OR_RETURN(sql::PreparedStatement * statement,
                      Prepare(query, absl::MakeConstSpan(values.begin(), values.size())));
  int64_t count = 0;
  JH_RETURN_IF_ERROR(Guard(query.sql, [&] {
    const std::unique_ptr<sql::ResultSet> result(statement->executeQuery());
    const Row row(*result);
    for (; result->next(); ++count) each(row);
  }));
  return count;
}

absl::Status Connection::Run(const std::string& sql) {
  return Guard(sql.c_str(), [&] {
    const std::unique_ptr<sql::Statement> statement(connection_->createStatement());
    statement->execute(sql);
  });
}

absl::Status Connection::EndStatementsAfter(absl::Duration left) {
  const int seconds = BoundOf(left);
  if (seconds == statement_seconds_) return absl::OkStatus();
  // Only MariaDB knows the variable and reads the comment; elsewhere nothing is bounded.
  JH_RETURN_IF_ERROR(Run(fmt::format(
      "SET SESSION innodb_lock_wait_timeout = 5 /*M!, max_statement_time = {} */", seconds)));
  statement_seconds_ = seconds;
  return absl::OkStatus();
}

}  // namespace jinhuan::db
