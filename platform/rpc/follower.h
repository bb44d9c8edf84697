#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "platform/clock.h"
#include "platform/db/pool.h"
#include "platform/journal/journal.h"
#include "platform/rpc/caller_token.h"

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
  ~Follower();

  void Start();
  void Stop();

 private:
  void FollowUntilStopped();
  absl::Status FollowOnce();

  const Options options_;
  db::Pool& pool_;
  const CallerTokenSigner& signer_;
  const Clock& clock_;
  const Apply apply_;
  std::shared_ptr<grpc::Channel> channel_;
  absl::Mutex mutex_;
  bool stop_ ABSL_GUARDED_BY(mutex_) = false;
  grpc::ClientContext* context_ ABSL_GUARDED_BY(mutex_) = nullptr;  // of the watch under way
  std::thread thread_;
};

}  // namespace jinhuan::rpc
