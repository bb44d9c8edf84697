#pragma once

#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>

#include <memory>
#include <string>

#include "platform/rpc/tls_files.h"

namespace jinhuan::rpc {

// Between the hosts of one installation, see HostTlsFiles. A unix socket needs none of it, its
// files say who may come. Thread-safe.

// For the address that a service listens on.
std::shared_ptr<grpc::ServerCredentials> HostServerCredentials(const std::string& address);
// For the address of another service.
std::shared_ptr<grpc::ChannelCredentials> HostChannelCredentials(const std::string& target);

}  // namespace jinhuan::rpc
