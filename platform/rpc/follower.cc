#include "platform/rpc/follower.h"

#include "absl/time/clock.h"
#include "platform/db/errors.h"
#include "platform/log.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::rpc {
namespace {

const db::Query kAddCursor("INSERT IGNORE INTO journal_cursor (source, next_number) VALUES (?, 1)",
                           "");
const db::Query kReadCursor("SELECT next_number FROM journal_cursor WHERE source = ?", "PRIMARY");
const db::Query kMoveCursor(
    "UPDATE journal_cursor SET next_number = ? WHERE source = ? AND next_number = ?", "PRIMARY");

}  // namespace

Follower::Follower(Options options, db::Pool& pool, const CallerTokenSigner& signer,
                   const Clock& clock, Apply apply)
    : cursor_(options.cursor.empty() ? options.source : options.cursor),
      pool_(pool),
      apply_(std::move(apply)),
      watch_(
          {options.source, options.target, options.self}, signer, clock, [this] { return Ask(); },
          [this](const auto& batch) { return Take(batch); },
          [this](const absl::Status& status) { Ended(status); }) {}

absl::StatusOr<journal::v1::WatchEntriesRequest> Follower::Ask() {
  journal::v1::WatchEntriesRequest request;
  JH_RETURN_IF_ERROR(db::Read(
      pool_, absl::Now() + absl::Seconds(5), [&](db::Connection& connection) -> absl::Status {
        JH_RETURN_IF_ERROR(connection.Execute(kAddCursor, {cursor_}).status());
        return connection
            .Select(kReadCursor, {cursor_},
                    [&](const db::Row& row) { request.set_start_number(row.Int(0)); })
            .status();
      }));
  return request;
}

absl::Status Follower::Take(const journal::v1::WatchEntriesResponse& batch) {
  if (batch.entries().empty()) return absl::OkStatus();  // a heartbeat
  // One transaction for what came together: a follower that was away catches up
  // at the speed of reading, not of committing.
  const int64_t first = batch.entries(0).number();
  const int64_t after = batch.entries().rbegin()->number() + 1;
  return db::InTransaction(
      pool_, absl::Now() + absl::Seconds(30), [&](db::Connection& connection) -> absl::Status {
        JH_ASSIGN_OR_RETURN(const int64_t moved,
                            connection.Execute(kMoveCursor, {after, cursor_, first}));
        // Another replica was first: leave off and read the cursor again.
        if (moved != 1) return absl::AbortedError("the cursor was moved");
        for (const journal::v1::Entry& entry : batch.entries()) {
          JH_RETURN_IF_ERROR(apply_(connection, entry));
        }
        return absl::OkStatus();
      });
}

void Follower::Ended(const absl::Status& status) const {
  const log::Field source("source", cursor_);
  const std::string why = Describe(status);
  if (absl::IsOutOfRange(status)) {
    // The other journal is shorter than what was followed: it was restored from
    // an older copy, and only an operator can say what is true.
    log::Error("the followed journal was cut", {source, {"status", why}});
  } else if (absl::IsUnavailable(status) || absl::IsAborted(status)) {
    log::Debug("following again", {source, {"status", why}});  // it restarts, or a replica leads
  } else {
    log::Warning("following failed", {source, {"status", why}});
  }
}

}  // namespace jinhuan::rpc
