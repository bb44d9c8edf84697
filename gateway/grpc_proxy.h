#pragma once

#include <grpcpp/server.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "gateway/grpc_door.h"
#include "gateway/reflection.h"
#include "gateway/relay.h"
#include "platform/rpc/tls.h"

namespace jinhuan::gateway {

// The native gRPC port: relays calls of the routes to the services, and itself
// serves health (grpc.health.v1) and reflection. One thread, and one channel a
// service. Thread-safe.
class GrpcProxy {
 public:
  // `channels` by backend. `routes` and `gate` must outlive it.
  GrpcProxy(const Routes& routes, const Gate& gate,
            const std::vector<std::shared_ptr<grpc::Channel>>& channels, GrpcDoor::Options door);
  ~GrpcProxy();

  // Listens as the options of its door say, with TLS where `tls` says so; clients may
  // show a certificate that its authority signed. UNAVAILABLE when it can't.
  absl::Status Start(const rpc::TlsFiles& tls);
  uint16_t port() const { return door_.port(); }

  // What health says of the whole.
  void SetServing(bool serving);

  // Takes no more calls and lets those under way finish, for `patience` at most;
  // streams end with UNAVAILABLE.
  void Drain(absl::Duration patience);

 private:
  void Run();

  RelayPort relays_;
  Reflection reflection_;
  GrpcDoor door_;
  std::unique_ptr<grpc::Server> server_;
  std::thread thread_;
};

}  // namespace jinhuan::gateway
