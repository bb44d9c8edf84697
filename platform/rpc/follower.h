#pragma once

#include <functional>

#include "platform/db/pool.h"
#include "platform/journal/journal.h"
#include "platform/rpc/journal_watch.h"

namespace jinhuan::rpc {

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
    std::string target;  // its address, unix:/… or host:port
    std::string self;    // this process, services/meeting-svc
    // Under what name its place is kept, for facts that came to be kept later than others of the
    // same journal: these are read from the beginning. Empty: the source's.
    std::string cursor = {};
  };
  using Apply = std::function<absl::Status(db::Connection&, const journal::v1::Entry&)>;

  Follower(Options options, db::Pool& pool, const CallerTokenSigner& signer, const Clock& clock,
           Apply apply);

  void Start() { watch_.Start(); }
  void Stop() { watch_.Stop(); }

 private:
  absl::StatusOr<journal::v1::WatchEntriesRequest> Ask();
  absl::Status Take(const journal::v1::WatchEntriesResponse& batch);
  void Ended(const absl::Status& status) const;

  const std::string cursor_;
  db::Pool& pool_;
  const Apply apply_;
  JournalWatch watch_;  // last: its thread uses the others
};

}  // namespace jinhuan::rpc
