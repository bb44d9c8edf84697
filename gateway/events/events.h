#pragma once

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/events/event_service.h"
#include "platform/rpc/journal_watch.h"

namespace jinhuan::gateway {

// The proto package that it serves.
inline constexpr char kEventsPackage[] = "jinhuan.gateway.v1";

// A service whose journal is told of.
struct EventSource {
  std::string package;  // jinhuan.alliance.v1
  std::string target;   // unix:/… or host:port
};

// jinhuan.gateway.v1 as a service behind the gateway, in its own process: one watch of each
// source's journal, however many clients there are. Thread-safe.
class LocalEvents {
 public:
  struct Options {
    std::vector<EventSource> sources;
    // How many events of each source are kept for clients that come back, and how many
    // entries are read of each when the gateway starts, so that they may come back to it.
    int kept = 16384;
  };

  // `signer` and `clock` must outlive it.
  LocalEvents(Options options, const rpc::CallerTokenSigner& signer, const Clock& clock);
  ~LocalEvents();

  // Begins to watch.
  void Start();

  // What answers. No call may be under way when this is gone.
  grpc::Service& service() { return service_; }

 private:
  std::unique_ptr<rpc::JournalWatch> WatchOf(size_t source, const rpc::CallerTokenSigner& signer);
  absl::Status Take(size_t source, const journal::v1::WatchEntriesResponse& message);
  void Ended(size_t source, const absl::Status& status);
  void Pulse();

  const Options options_;
  const Clock& clock_;
  const rpc::Kinds kinds_;
  EventHub hub_;
  const std::unique_ptr<rpc::CallerTokenVerifier> verifier_;
  EventService service_;
  std::vector<std::unique_ptr<rpc::JournalWatch>> watches_;
  absl::Mutex mutex_;
  bool stop_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread pulse_;
};

}  // namespace jinhuan::gateway
