#pragma once

#include <prometheus/gauge.h>

#include <functional>

#include "platform/db/pool.h"
#include "platform/journal/journal.h"
#include "platform/rpc/journal_watch.h"
#include "platform/rpc/metrics.h"

namespace jinhuan::rpc {

// When the followed journal `cursor` was last found to have no more, or an entry of it was taken,
// in seconds since 1970; 0 before.
prometheus::Gauge& FollowerProgress(Metrics& metrics, const std::string& cursor);

// Follows the journal of another service: keeps, in tables of this one, the few
// facts of it that this one needs, so that no request waits for another
// service. Reads by WatchEntries from the number stored in journal_cursor, and
// hands each entry to `apply` in the transaction that moves the cursor, so each
// takes effect exactly once and in order, also with two replicas. Reconnects for
// ever; while the other is down, the facts are as they were.
class Follower {
 public:
  struct Options {
    std::string source;  // the other's proto package, jinhuan.alliance.v1
    std::string target;  // its address, unix:/… or host:port; empty: this process
    std::string self;    // this process, services/meeting-svc
    // Under what name its place is kept, for facts that came to be kept later than others of the
    // same journal: these are read from the beginning. Empty: the source's.
    std::string cursor = {};
  };
  using Apply = std::function<absl::Status(db::Connection&, const journal::v1::Entry&)>;

  // `metrics` say when the journal was last followed to its end.
  Follower(Options options, db::Pool& pool, const CallerTokenSigner& signer, const Clock& clock,
           Metrics& metrics, Apply apply);

  // `own`: the server of this process, where no target is named.
  void Start(grpc::Server* own = nullptr) { watch_.Start(own); }
  void Stop() { watch_.Stop(); }

 private:
  absl::StatusOr<journal::v1::WatchEntriesRequest> Ask();
  absl::Status Take(const journal::v1::WatchEntriesResponse& batch);
  void Ended(const absl::Status& status);
  void Progressed();

  const std::string cursor_;
  db::Pool& pool_;
  const Apply apply_;
  const Clock& clock_;
  prometheus::Gauge& progress_;
  // Of the watch's thread alone.
  absl::Time progressed_;                   // when an entry was taken last, or none was left
  absl::Time said_ = absl::InfinitePast();  // when the log last told why it does not go on
  JournalWatch watch_;                      // last: its thread uses the others
};

}  // namespace jinhuan::rpc
