#pragma once

#include <memory>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "gateway/http2/door.h"
#include "gateway/http2/tls.h"
#include "gateway/relay.h"

namespace jinhuan::gateway {

// The native gRPC port: relays calls of the routes to the services, and those of health
// (grpc.health.v1) and reflection to the gateway's own. One thread, and one connection a
// service. Thread-safe.
class GrpcProxy {
 public:
  struct Options {
    std::vector<std::string> targets;  // by backend
    ServiceLink::Dial own;             // what the gateway serves itself; the backend after those
    http2::Door::Options door;
    rpc::TlsFiles tls;  // clients may show a certificate that its authority signed
  };

  // All must outlive it. `bodies` are those of requests under way, which the HTTP port has too.
  GrpcProxy(const Routes& routes, const Gate& gate, http::BodyBudget& bodies, Options options);
  ~GrpcProxy();

  // Listens, with TLS where the options say so. UNAVAILABLE when it can't,
  // INVALID_ARGUMENT for certificates that can't be used.
  absl::Status Start();
  uint16_t port() const { return door_.port(); }

  // Takes no more calls and lets those under way finish, for `patience` at most;
  // streams end with UNAVAILABLE.
  void Drain(absl::Duration patience);

 private:
  void Enter(http2::Descriptor socket, std::string address, http2::Door::Place place);
  absl::Status RenewCertificates();
  void Leave();
  void CloseAll();

  RelayPort relays_;
  const Options options_;
  http2::Tls tls_;
  http2::Tls host_tls_;  // towards services on other hosts
  http2::Loop::Timer renewal_{relays_.loop};
  http2::Door door_;
  std::unordered_map<http2::Connection*,
                     std::pair<std::unique_ptr<http2::Connection>, http2::Door::Place>>
      connections_;
  std::thread thread_;
};

}  // namespace jinhuan::gateway
