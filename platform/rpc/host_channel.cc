#include "platform/rpc/host_channel.h"

#include <grpcpp/create_channel.h>

#include "platform/rpc/tls.h"

namespace jinhuan::rpc {
namespace {

constexpr int kPingTimeoutMs = 10'000;

}  // namespace

std::shared_ptr<grpc::Channel> OpenHostChannel(const std::string& target,
                                               grpc::ChannelArguments arguments) {
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1000);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, kHostPingMs);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kPingTimeoutMs);
  // Without data a ping would be the third at most that gRPC sends.
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  return grpc::CreateCustomChannel(target, HostChannelCredentials(target), arguments);
}

}  // namespace jinhuan::rpc
