#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/client_callback.h>
#include <grpcpp/support/status.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "gateway/metadata.h"
#include "gateway/routes.h"

namespace jinhuan::gateway {

// The largest message that a service may answer with; files travel as bytes.
inline constexpr int kMaxAnswerBytes = 32 << 20;

// How the status of a call begins that never left the gateway, in gRPC's words.
inline constexpr char kNeverSent[] = "failed to connect";

// A channel to a service, of its own: channels to one target would otherwise
// share a connection, and threads would wait for each other on it.
std::shared_ptr<grpc::Channel> OpenChannel(const std::string& target);

// The bytes of a message, and back.
std::string BytesOf(const grpc::ByteBuffer& buffer);
grpc::ByteBuffer BufferOf(const std::string& bytes);

// A status as a client may see it: with what a service said, and where the
// connection to the service spoke instead, with the reason for that in our words.
grpc::Status Presentable(const grpc::Status& status, const Method& method,
                         const std::string& request_id);

// One unary call under way. TryCancel on the context may be called at any time.
struct UpstreamCall {
  grpc::ClientContext context;
  grpc::ByteBuffer request;
  grpc::ByteBuffer response;
};

// Calls services by name, messages as bytes. Thread-safe.
class Upstream {
 public:
  // By backend.
  explicit Upstream(const std::vector<std::shared_ptr<grpc::Channel>>& channels);

  // Starts a unary call of `path` and keeps `call` until `done`, which is called
  // from a thread of gRPC and must be quick.
  void Unary(size_t backend, const std::string& path, const std::shared_ptr<UpstreamCall>& call,
             std::function<void(grpc::Status)> done);

  // Prepares a call of any kind; `reactor` starts it. Both live until its OnDone.
  void Stream(size_t backend, const std::string& path, grpc::ClientContext& context,
              grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>& reactor);

 private:
  std::vector<std::unique_ptr<grpc::GenericStub>> stubs_;
};

}  // namespace jinhuan::gateway
