#include "alliance-svc/storage/sign_in_failure_store.h"

#include "jinhuan/error/v1/reason.pb.h"
#include "platform/db/errors.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

// Literal 5s are kMaxWrong.
static_assert(SignInFailureStore::kMaxWrong == 5);
const db::Query kRead("SELECT wrong, last_wrong_at FROM sign_in_failure WHERE login = ?",
                      "PRIMARY");
const db::Query kCount(
    "UPDATE sign_in_failure SET wrong = IF(last_wrong_at <= ?, 1, wrong + 1), last_wrong_at = ? "
    "WHERE login = ? AND (wrong < 5 OR last_wrong_at <= ?)",
    "PRIMARY");
const db::Query kBegin("INSERT INTO sign_in_failure (login, wrong, last_wrong_at) VALUES (?, 1, ?)",
                       "");
const db::Query kForgive(
    "DELETE FROM sign_in_failure WHERE login = ? AND (wrong < 5 OR last_wrong_at <= ?)", "PRIMARY");
const db::Query kDeleteOld(
    "DELETE FROM sign_in_failure WHERE last_wrong_at < ? ORDER BY last_wrong_at LIMIT ?",
    "sign_in_failure_by_age");

// How a login stands; `wrong` is 0 when the last one is long ago.
struct Standing {
  int64_t wrong = 0;
  absl::Time last_wrong_at;
};

absl::StatusOr<Standing> Read(db::Connection& connection, const std::string& login,
                              absl::Time now) {
  Standing standing;
  JH_RETURN_IF_ERROR(connection
                         .Select(kRead, {login},
                                 [&](const db::Row& row) {
                                   standing = {.wrong = row.Int(0), .last_wrong_at = row.Time(1)};
                                 })
                         .status());
  if (standing.last_wrong_at <= now - SignInFailureStore::kRefusal) standing.wrong = 0;
  return standing;
}

absl::Status Refused(const Standing& standing, absl::Time now) {
  const absl::Duration left =
      standing.last_wrong_at + SignInFailureStore::kRefusal - now + absl::Seconds(1);
  return Error(error::v1::COMMON_REASON_RATE_LIMITED,
               {{"retry_seconds", std::to_string(absl::ToInt64Seconds(left))}});
}

}  // namespace

absl::Status SignInFailureStore::CheckAllowed(db::Connection& connection, const std::string& login,
                                              absl::Time now) const {
  JH_ASSIGN_OR_RETURN(const Standing standing, Read(connection, login, now));
  return standing.wrong < kMaxWrong ? absl::OkStatus() : Refused(standing, now);
}

absl::Status SignInFailureStore::CountWrong(db::Connection& connection, const api::Call& call,
                                            const std::string& login,
                                            const std::string& account) const {
  const absl::Time cutoff = call.now - kRefusal;
  JH_ASSIGN_OR_RETURN(const int64_t counted,
                      connection.Execute(kCount, {cutoff, call.now, login, cutoff}));
  absl::Status begun;
  if (counted == 0) begun = connection.Execute(kBegin, {login, call.now}).status();
  if (!db::IsDuplicate(begun)) JH_RETURN_IF_ERROR(begun);
  JH_ASSIGN_OR_RETURN(const Standing standing, Read(connection, login, call.now));
  if (db::IsDuplicate(begun)) {
    return standing.wrong >= kMaxWrong ? Refused(standing, call.now) : db::RetryTransaction();
  }
  if (standing.wrong < kMaxWrong || account.empty()) return absl::OkStatus();
  return journal_.Append(connection, call,
                         {.resource = account, .reason = "refused after 5 wrong passwords"});
}

absl::Status SignInFailureStore::Forgive(db::Connection& connection, const std::string& login,
                                         absl::Time now) const {
  JH_RETURN_IF_ERROR(connection.Execute(kForgive, {login, now - kRefusal}).status());
  return CheckAllowed(connection, login, now);
}

absl::StatusOr<int64_t> SignInFailureStore::DeleteOld(db::Connection& connection, absl::Time now,
                                                      int limit) const {
  return connection.Execute(kDeleteOld, {now - kRefusal, limit});
}

}  // namespace jinhuan::alliance
