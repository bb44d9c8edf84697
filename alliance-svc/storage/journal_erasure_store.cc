#include "alliance-svc/storage/journal_erasure_store.h"

#include "alliance-svc/storage/names.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

const db::Query kAsk("INSERT INTO journal_erasure (user_id, reason, due_at) VALUES (?, ?, ?)", "");
const db::Query kDue(
    "SELECT user_id FROM journal_erasure FORCE INDEX (journal_erasure_by_due) "
    "WHERE due_at <= ? ORDER BY due_at LIMIT ?",
    "journal_erasure_by_due");
const db::Query kTakeTurn("UPDATE journal_erasure SET turns = turns + 1 WHERE user_id = ?",
                          "PRIMARY");
const db::Query kReason("SELECT reason FROM journal_erasure WHERE user_id = ?", "PRIMARY");
const db::Query kForget("DELETE FROM journal_erasure WHERE user_id = ?", "PRIMARY");

}  // namespace

absl::Status JournalErasureStore::Ask(db::Connection& connection, const api::Call& call,
                                      const std::string& user, const std::string& reason) const {
  return connection.ExecuteExactly(1, kAsk, {LastSegment(user), reason, call.now + kJournalKept});
}

absl::StatusOr<std::vector<std::string>> JournalErasureStore::Due(db::Connection& connection,
                                                                  absl::Time now, int limit) const {
  std::vector<std::string> users;
  const auto add = [&](const db::Row& row) { users.push_back(UserName(row.Text(0))); };
  JH_RETURN_IF_ERROR(connection.Select(kDue, {now, limit}, add).status());
  return users;
}

absl::Status JournalErasureStore::Erase(db::Connection& connection, const api::Call& call,
                                        const std::string& user) const {
  const std::string id = LastSegment(user);
  JH_ASSIGN_OR_RETURN(const int64_t mine, connection.Execute(kTakeTurn, {id}));
  if (mine == 0) return absl::OkStatus();  // another process was first
  std::string reason;
  const auto keep = [&](const db::Row& row) { reason = row.Text(0); };
  JH_RETURN_IF_ERROR(connection.Select(kReason, {id}, keep).status());
  bool all = true;
  for (const char* part : {"", "/signOnLink", "/calendarLink"}) {
    JH_ASSIGN_OR_RETURN(const int64_t erased,
                        journal_.Erase(connection, call, {.resource = user + part}, reason));
    all = all && erased < journal::Journal::kEraseLimit;
  }
  return all ? connection.ExecuteExactly(1, kForget, {id}) : absl::OkStatus();
}

}  // namespace jinhuan::alliance
