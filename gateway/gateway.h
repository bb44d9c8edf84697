#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/gate.h"
#include "gateway/http/server.h"
#include "gateway/routes.h"
#include "gateway/session.h"
#include "platform/rpc/tls_files.h"

namespace jinhuan::gateway {

// A service behind the gateway.
struct Backend {
  std::string name;     // alliance-svc
  std::string target;   // unix:/… or host:port
  std::string package;  // jinhuan.alliance.v1: its methods, and its tokens' audience
};

struct GatewayOptions {
  std::vector<Backend> backends;  // the first resolves credentials
  http::Options http;             // its entrance is the native port's too
  std::string grpc_listen;
  rpc::TlsFiles grpc_tls;
  std::string portal_dir;
  std::string caller_seed;  // hex
  bool secure_cookies = false;
  std::vector<std::string> trusted_proxies;
  std::vector<std::string> allowed_origins;  // of other pages that may call; "*": any
  // Two seconds' worth may come at once.
  int calls_per_second_per_address = 1000;
  int calls_per_second_per_caller = 200;  // of one session or token
  int sign_in_burst = 20;
  int sign_in_per_minute = 30;
  int public_write_burst = 5;
  int public_write_per_hour = 10;
  int public_read_per_minute = 30;
  int max_calls = 1024;
  int max_streams = 2048;
  int max_streams_per_caller = 256;
  uint64_t bodies_limit = 256 << 20;  // bytes of requests under way on both ports (BodyBudget)
  int kept_events = 16384;            // see LocalEvents::Options
  Sessions::Options sessions;
  Timeouts timeouts;
};

// The whole gateway in one object, from options to drain.
class Gateway {
 public:
  // Listens on both ports and serves. INVALID_ARGUMENT for an option that can't be,
  // UNAVAILABLE when a port is taken.
  static absl::StatusOr<std::unique_ptr<Gateway>> Start(GatewayOptions options);
  ~Gateway();

  uint16_t http_port() const;
  uint16_t grpc_port() const;
  rpc::Metrics& metrics();

  // Says that it is not ready, takes nothing new on either port and lets calls under
  // way finish, for `patience` at most; then cancels what is left.
  void Drain(absl::Duration patience);

 private:
  struct State;
  explicit Gateway(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace jinhuan::gateway
