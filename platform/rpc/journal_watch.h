#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/server.h>

#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "jinhuan/journal/v1/journal.pb.h"
#include "platform/clock.h"
#include "platform/rpc/caller_token.h"

namespace jinhuan::rpc {

// Watches the journal of another service by WatchEntries, in a thread of its own, and
// reconnects for ever. Thread-safe.
class JournalWatch {
 public:
  struct Options {
    std::string source;  // the other's proto package, jinhuan.alliance.v1
    std::string target;  // its address, unix:/… or host:port; empty: Start says
    std::string self;    // this process, services/meeting-svc
  };
  // What to watch, asked before each try.
  using Ask = std::function<absl::StatusOr<journal::v1::WatchEntriesRequest>()>;
  // Gets each message, heartbeats too; an error ends the try, and the next one asks again.
  using Take = std::function<absl::Status(const journal::v1::WatchEntriesResponse&)>;
  // Told why a try ended; OUT_OF_RANGE when the journal is shorter than what was asked for.
  using Ended = std::function<void(const absl::Status&)>;

  // `signer` and `clock` must outlive it.
  JournalWatch(Options options, const CallerTokenSigner& signer, const Clock& clock, Ask ask,
               Take take, Ended ended);
  ~JournalWatch() { Stop(); }

  // `own`: the server to watch where no target is named: of this process, which so needs no
  // address of its own.
  void Start(grpc::Server* own = nullptr);
  void Stop();

 private:
  void WatchUntilStopped();
  absl::Status WatchOnce();

  const Options options_;
  const CallerTokenSigner& signer_;
  const Clock& clock_;
  const Ask ask_;
  const Take take_;
  const Ended ended_;
  std::shared_ptr<grpc::Channel> channel_;
  absl::Mutex mutex_;
  bool stop_ ABSL_GUARDED_BY(mutex_) = false;
  grpc::ClientContext* context_ ABSL_GUARDED_BY(mutex_) = nullptr;  // of the try under way
  std::thread thread_;
};

}  // namespace jinhuan::rpc
