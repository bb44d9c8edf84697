#pragma once

#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/http2/descriptor.h"

namespace jinhuan::gateway {

// What the gateway serves itself, as one more service behind it in its own process: `services`
// and grpc.health.v1. Thread-safe.
class LocalServer {
 public:
  // `services` must outlive it.
  explicit LocalServer(const std::vector<grpc::Service*>& services);
  // All channels and connections must be gone.
  ~LocalServer();

  // A way to it, for calls by gRPC and for those by frames.
  std::shared_ptr<grpc::Channel> OpenChannel() const;
  absl::StatusOr<http2::Descriptor> Connect() const;

  // What health says of the whole.
  void SetServing(bool serving);

 private:
  std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace jinhuan::gateway
