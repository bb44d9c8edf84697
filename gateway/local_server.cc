#include "gateway/local_server.h"

#include <grpcpp/health_check_service_interface.h>
#include <sys/socket.h>

#include <array>

#include "gateway/upstream.h"
#include "platform/rpc/host_channel.h"

namespace jinhuan::gateway {

LocalServer::LocalServer(const std::vector<grpc::Service*>& services) {
  grpc::EnableDefaultHealthCheckService(true);
  grpc::ServerBuilder builder;
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, kMaxMetadataBytes);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                             rpc::kHostPingMs / 2);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  acceptor_ = builder.experimental().AddExternalConnectionAcceptor(
      grpc::ServerBuilder::experimental_type::ExternalConnectionType::FROM_FD,
      grpc::InsecureServerCredentials());
  for (grpc::Service* service : services) builder.RegisterService(service);
  server_ = builder.BuildAndStart();
  SetServing(false);
}

LocalServer::~LocalServer() { server_->Shutdown(std::chrono::system_clock::now()); }

std::shared_ptr<grpc::Channel> LocalServer::OpenChannel() const {
  return server_->InProcessChannel(grpc::ChannelArguments());
}

absl::StatusOr<http2::Descriptor> LocalServer::Connect() const {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return absl::UnavailableError("no socket is left");
  }
  grpc::experimental::ExternalConnectionAcceptor::NewConnectionParameters parameters;
  parameters.listener_fd = -1;
  parameters.fd = ends[0];
  acceptor_->HandleNewConnection(&parameters);
  return http2::Descriptor(ends[1]);
}

void LocalServer::SetServing(bool serving) {
  server_->GetHealthCheckService()->SetServingStatus(serving);
}

}  // namespace jinhuan::gateway
