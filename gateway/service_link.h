#pragma once

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "gateway/http2/connection.h"
#include "gateway/http2/tls.h"

namespace jinhuan::gateway {

// The connection to one service, which all native calls to it share. It is made when the
// first call wants it and again when a call finds it gone. For the loop's thread.
class ServiceLink {
 public:
  // Makes a connection; from a thread of the link, so it may wait.
  using Dial = std::function<absl::StatusOr<http2::Descriptor>()>;
  struct Options {
    Dial dial;
    std::string authority;            // whom it calls
    const http2::Tls* tls = nullptr;  // null: plain; must outlive the link
  };

  ServiceLink(http2::Loop& loop, Options options);
  ~ServiceLink();

  // Gives `done` a connection that takes streams, at once when there is one, and null
  // when there can't be.
  using Done = std::function<void(http2::Connection*)>;
  void Get(Done done);

  // Ends every connection; no other is made.
  void Close();

 private:
  void DialWhenWanted();
  void Dialled(absl::StatusOr<http2::Descriptor> socket);
  void Closed(http2::Connection& connection);
  void Failed();
  void Tell(http2::Connection* connection);

  http2::Loop& loop_;
  const Options options_;
  // Those that the service told to leave among them, until their streams are done.
  std::vector<std::unique_ptr<http2::Connection>> all_;
  http2::Connection* current_ = nullptr;  // which takes streams
  http2::Connection* pending_ = nullptr;  // which is not ready yet
  std::vector<Done> waiting_;
  bool dialling_ = false;  // until the connection is ready
  bool pausing_ = false;   // before the next attempt
  bool closed_ = false;
  absl::Duration pause_;
  http2::Loop::Timer timer_;
  absl::Mutex mutex_;
  bool wanted_ ABSL_GUARDED_BY(mutex_) = false;
  bool stop_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace jinhuan::gateway
