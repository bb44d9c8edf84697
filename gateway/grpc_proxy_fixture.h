// What the tests of the native gRPC port start from: a whole gateway before a test service.
#pragma once

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>

#include <map>
#include <memory>
#include <string>

#include "gateway/envelope.h"
#include "gateway/grpc_head.h"
#include "gateway/testing/frame_client.h"
#include "gateway/testing/test_gateway.h"
#include "jinhuan/test/v1/echo_service.grpc.pb.h"
#include "platform/rpc/status_conversion.h"
#include "platform/status/error.h"
#include "platform/testing/eventually.h"

namespace jinhuan::gateway {

using test::v1::EchoService;
using test::v1::SayRequest;
using test::v1::SayResponse;
using testing::Eventually;

// A whole message of EchoService that is `size` bytes long.
inline std::string Lookable(size_t size) {
  SayRequest request;
  request.set_text(std::string(size, 'x'));
  return Seal(0, request.SerializeAsString());
}

class GrpcProxyTest : public ::testing::Test {
 protected:
  static constexpr char kCredential[] = "credential-of-someone";

  GrpcProxyTest() : options_(TestOptions(backend_)) {
    backend_.SetCredential(kCredential, "users/u1");
  }

  std::shared_ptr<grpc::Channel> Connect() {
    if (gateway_ == nullptr) {
      auto started = Gateway::Start(options_);
      if (!started.ok()) std::abort();
      gateway_ = *std::move(started);
    }
    return grpc::CreateChannel(fmt::format("127.0.0.1:{}", gateway_->grpc_port()),
                               grpc::InsecureChannelCredentials());
  }
  std::unique_ptr<EchoService::Stub> Echo() { return EchoService::NewStub(Connect()); }
  static void SignIn(grpc::ClientContext& context) {
    context.AddMetadata("authorization", std::string("Bearer ") + kCredential);
  }
  static std::string Reason(const grpc::Status& status) { return ReasonOf(rpc::FromGrpc(status)); }
  static std::string Value(const std::multimap<grpc::string_ref, grpc::string_ref>& metadata,
                           const char* key) {
    return std::string(ValueOf(metadata, key));
  }
  // What the service counts, once it is as much as `value`.
  static bool Reaches(const std::atomic<int>& counter, int value) {
    return Eventually([&] { return counter == value; });
  }

  TestBackend backend_;
  GatewayOptions options_;
  std::unique_ptr<Gateway> gateway_;
};

}  // namespace jinhuan::gateway
