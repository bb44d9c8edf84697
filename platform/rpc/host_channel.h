#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/support/channel_arguments.h>

#include <memory>
#include <string>

namespace jinhuan::rpc {

// How often each side of a connection between hosts may ask whether the other is there.
constexpr int kHostPingMs = 20'000;

// A channel to another process of the installation, with HostChannelCredentials. One that was
// restarted is found again within a second (gRPC itself waits up to two minutes); one whose
// host is gone without a word is noticed within half a minute, also by who only reads.
// `arguments` are what the caller wants besides. Thread-safe.
std::shared_ptr<grpc::Channel> OpenHostChannel(const std::string& target,
                                               grpc::ChannelArguments arguments = {});

}  // namespace jinhuan::rpc
