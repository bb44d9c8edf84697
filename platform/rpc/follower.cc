#include "platform/rpc/follower.h"

#include "absl/time/clock.h"
#include "platform/db/errors.h"
#include "platform/log.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::rpc {
namespace {

// A follower that stands still tells so after so long, and again so long after.
constexpr absl::Duration kSayEvery = absl::Seconds(30);

const db::Query kAddCursor("INSERT IGNORE INTO journal_cursor (source, next_number) VALUES (?, 1)",
                           "");
const db::Query kReadCursor("SELECT next_number FROM journal_cursor WHERE source = ?", "PRIMARY");
const db::Query kMoveCursor(
    "UPDATE journal_cursor SET next_number = ? WHERE source = ? AND next_number = ?", "PRIMARY");

}  // namespace

prometheus::Gauge& FollowerProgress(Metrics& metrics, const std::string& cursor) {
  return prometheus::BuildGauge()
      .Name("jinhuan_follower_progress_timestamp_seconds")
      .Help("When a followed journal was last read to its end, or an entry of it taken")
      .Register(*metrics.registry())
      .Add({{"journal", cursor}});
}

Follower::Follower(Options options, db::Pool& pool, const CallerTokenSigner& signer,
                   const Clock& clock, Metrics& metrics, Apply apply)
    : cursor_(options.cursor.empty() ? options.source : options.cursor),
      pool_(pool),
      apply_(std::move(apply)),
      clock_(clock),
      progress_(FollowerProgress(metrics, cursor_)),
      progressed_(clock.Now()),
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
  if (batch.entries().empty()) {  // a heartbeat: there is no more
    Progressed();
    return absl::OkStatus();
  }
  // One transaction for what came together: a follower that was away catches up
  // at the speed of reading, not of committing.
  const int64_t first = batch.entries(0).number();
  const int64_t after = batch.entries().rbegin()->number() + 1;
  JH_RETURN_IF_ERROR(db::InTransaction(
      pool_, absl::Now() + absl::Seconds(30), [&](db::Connection& connection) -> absl::Status {
        JH_ASSIGN_OR_RETURN(const int64_t moved,
                            connection.Execute(kMoveCursor, {after, cursor_, first}));
        // Another replica was first: leave off and read the cursor again.
        if (moved != 1) return absl::AbortedError("the cursor was moved");
        for (const journal::v1::Entry& entry : batch.entries()) {
          JH_RETURN_IF_ERROR(apply_(connection, entry));
        }
        return absl::OkStatus();
      }));
  Progressed();
  return absl::OkStatus();
}

void Follower::Progressed() {
  progressed_ = clock_.Now();
  progress_.Set(absl::ToDoubleSeconds(progressed_ - absl::UnixEpoch()));
  if (said_ == absl::InfinitePast()) return;
  log::Info("following goes on", {{"source", cursor_}});
  said_ = absl::InfinitePast();
}

void Follower::Ended(const absl::Status& status) {
  const absl::Time now = clock_.Now();
  const absl::Duration stood = now - progressed_;
  const std::string why = Describe(status);
  // It restarts, or a replica leads: nothing to tell, unless it goes on.
  const bool passing = absl::IsUnavailable(status) || absl::IsAborted(status);
  if (now - said_ < kSayEvery || (passing && stood < kSayEvery)) {
    log::Debug("following again", {{"source", cursor_}, {"status", why}});
    return;
  }
  said_ = now;
  if (absl::IsOutOfRange(status)) {
    // The other journal is shorter than what was followed: it was restored from
    // an older copy, and only an operator can say what is true.
    log::Error("the followed journal was cut", {{"source", cursor_}, {"status", why}});
  } else {
    log::Warning("following stands still",
                 {{"source", cursor_}, {"seconds", absl::ToInt64Seconds(stood)}, {"status", why}});
  }
}

}  // namespace jinhuan::rpc
