#include "alliance-svc/storage/sign_in_failure_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "jinhuan/error/v1/reason.pb.h"
#include "platform/db/errors.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

const db::Query kRefusedUntil(
    "SELECT MAX(refused_until) FROM sign_in_failure WHERE login = ? AND source IN (?, '') "
    "AND refused_until > ?",
    "PRIMARY");
// What has had its time starts again from nothing.
const db::Query kRestart(
    "UPDATE sign_in_failure SET wrong = 0, since = ?, refused_until = NULL "
    "WHERE login = ? AND source = ? "
    "AND (refused_until <= ? OR (refused_until IS NULL AND since <= ?))",
    "PRIMARY");
const db::Query kCount(
    "UPDATE sign_in_failure SET wrong = wrong + 1 WHERE login = ? AND source = ?", "PRIMARY");
const db::Query kBegin(
    "INSERT INTO sign_in_failure (login, source, wrong, since) VALUES (?, ?, ?, ?)", "");
const db::Query kRefuse(
    "UPDATE sign_in_failure SET refused_until = ? "
    "WHERE login = ? AND source = ? AND wrong >= ? AND refused_until IS NULL",
    "PRIMARY");
const db::Query kForgive(
    "DELETE FROM sign_in_failure WHERE login = ? AND source = ? "
    "AND (refused_until IS NULL OR refused_until <= ?)",
    "PRIMARY");
// All of a login's attempts pass by its row for all sources, one after the other.
const db::Query kTakeTurn(
    "UPDATE sign_in_failure SET touched = touched + 1 WHERE login = ? AND source = ''", "PRIMARY");
const db::Query kLift("DELETE FROM sign_in_failure WHERE login = ?", "PRIMARY");
const db::Query kDeleteOld(
    "DELETE FROM sign_in_failure WHERE since < ? AND (refused_until IS NULL OR refused_until < ?) "
    "ORDER BY since LIMIT ?",
    "sign_in_failure_by_age");

absl::Status RateLimited(absl::Duration left) {
  const int64_t seconds =
      std::max<int64_t>(1, absl::ToInt64Seconds(absl::Ceil(left, absl::Seconds(1))));
  return Error(error::v1::COMMON_REASON_RATE_LIMITED, {{"retry_seconds", fmt::to_string(seconds)}});
}

// Makes the attempts of a login come one after the other, the first one too.
absl::Status TakeTurn(db::Connection& connection, const std::string& login, absl::Time now) {
  JH_ASSIGN_OR_RETURN(const int64_t taken, connection.Execute(kTakeTurn, {login}));
  if (taken == 1) return absl::OkStatus();
  const absl::Status begun = connection.Execute(kBegin, {login, "", 0, now}).status();
  return db::IsDuplicate(begun) ? db::RetryTransaction() : begun;
}

// Counts a wrong password from `source`: whether it is the one that begins a refusal.
absl::StatusOr<bool> CountOne(db::Connection& connection, const std::string& login,
                              const std::string& source, int most, absl::Time now) {
  JH_RETURN_IF_ERROR(
      connection.Execute(kRestart, {now, login, source, now, now - SignInFailureStore::kWindow})
          .status());
  JH_ASSIGN_OR_RETURN(const int64_t counted, connection.Execute(kCount, {login, source}));
  if (counted == 0) {
    JH_RETURN_IF_ERROR(connection.ExecuteExactly(1, kBegin, {login, source, 1, now}));
  }
  JH_ASSIGN_OR_RETURN(
      const int64_t refused,
      connection.Execute(kRefuse, {now + SignInFailureStore::kRefusal, login, source, most}));
  return refused == 1;
}

}  // namespace

absl::Status SignInFailureStore::CheckAllowed(db::Connection& connection,
                                              const SignInAttempt& attempt, absl::Time now) const {
  std::optional<absl::Time> until;
  JH_RETURN_IF_ERROR(connection
                         .Select(kRefusedUntil, {attempt.login, attempt.source, now},
                                 [&](const db::Row& row) {
                                   if (!row.IsNull(0)) until = row.Time(0);
                                 })
                         .status());
  return until.has_value() ? RateLimited(*until - now) : absl::OkStatus();
}

absl::Status SignInFailureStore::CountWrong(db::Connection& connection, const api::Call& call,
                                            const SignInAttempt& attempt,
                                            const std::string& account) const {
  JH_RETURN_IF_ERROR(TakeTurn(connection, attempt.login, call.now));
  JH_RETURN_IF_ERROR(CheckAllowed(connection, attempt, call.now));
  for (const auto& [source, most] :
       {std::pair(attempt.source, kMaxWrong), std::pair(std::string(), kMaxWrongOfLogin)}) {
    JH_ASSIGN_OR_RETURN(const bool refused,
                        CountOne(connection, attempt.login, source, most, call.now));
    if (!refused || account.empty()) continue;
    JH_RETURN_IF_ERROR(
        journal_.Append(connection, call,
                        {.resource = account,
                         .reason = fmt::format("refused after {} wrong passwords{}", most,
                                               source.empty() ? "" : " from " + source)}));
  }
  return absl::OkStatus();
}

absl::Status SignInFailureStore::Forgive(db::Connection& connection, const SignInAttempt& attempt,
                                         absl::Time now) const {
  JH_RETURN_IF_ERROR(connection.Execute(kTakeTurn, {attempt.login}).status());
  JH_RETURN_IF_ERROR(connection.Execute(kForgive, {attempt.login, attempt.source, now}).status());
  return CheckAllowed(connection, attempt, now);
}

absl::Status SignInFailureStore::Lift(db::Connection& connection, const std::string& login) const {
  return connection.Execute(kLift, {login}).status();
}

absl::StatusOr<int64_t> SignInFailureStore::DeleteOld(db::Connection& connection, absl::Time now,
                                                      int limit) const {
  return connection.Execute(kDeleteOld, {now - kWindow, now, limit});
}

}  // namespace jinhuan::alliance
