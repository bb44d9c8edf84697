#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "gateway/http/body_budget.h"
#include "gateway/http/entrance.h"
#include "gateway/http/message.h"

namespace jinhuan::gateway::http {

// What the server puts up with.
struct Options {
  std::string listen = "0.0.0.0:8080";  // address:port, IPv6 in brackets; port 0 picks one
  int threads = 2;
  // Who may not come in is answered 429 and closed; when many are just that, closed at once.
  Entrance::Options entrance = {};
  uint32_t header_limit = 16 * 1024;  // bytes of request line and headers; more is 431
  // In bytes; more sets Request::body_too_large. Room for the largest message with its
  // envelope, as base64.
  uint64_t body_limit = 6 << 20;
  // In bytes, of all answers that their clients have not taken; beyond it the oldest are cut off.
  uint64_t untaken_limit = 256 << 20;
  absl::Duration header_timeout = absl::Seconds(10);
  absl::Duration body_timeout = absl::Seconds(30);
  absl::Duration idle_timeout = absl::Seconds(75);
  absl::Duration write_timeout = absl::Seconds(30);
  Response too_many = {};  // the answer when there are too many connections or bodies
};

// An HTTP/1.1 server over plain TCP (TLS and HTTP/2 stand in front of it). Reads
// each request whole, hands it to the handler and keeps the connection. Thread-safe.
class Server {
 public:
  // `handler` must outlive the server and every answer it still owes. `bodies` are those under
  // way, which others may have too; one beyond them is 429.
  Server(Options options, Handler& handler, BodyBudget& bodies, const Clock& clock);
  ~Server();

  // Listens and serves. INVALID_ARGUMENT for an address that can't be read,
  // UNAVAILABLE when it can't be listened on.
  absl::Status Start();

  // The port that is listened on; after Start.
  uint16_t port() const;

  // Takes no more connections or requests and lets those under way finish, for
  // `patience` at most; then closes what is left.
  void Drain(absl::Duration patience);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace jinhuan::gateway::http
