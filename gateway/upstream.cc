#include "gateway/upstream.h"

#include <fmt/format.h>
#include <grpcpp/support/slice.h>

#include "gateway/compression.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/log.h"
#include "platform/rpc/host_channel.h"
#include "platform/rpc/status_conversion.h"
#include "platform/status/error.h"

namespace jinhuan::gateway {
namespace {

// What the connection to a service says, in our words: its own name addresses.
absl::Status Reworded(const grpc::Status& status, const Method& method,
                      const std::string& request_id) {
  const absl::Status said = rpc::FromGrpc(status);
  if (absl::IsCancelled(said)) return absl::CancelledError("cancelled");
  if (absl::IsDeadlineExceeded(said)) return Error(error::v1::COMMON_REASON_DEADLINE_EXCEEDED);
  log::Warning("call failed on the way", {{"method", method.name},
                                          {"request", request_id},
                                          {"code", static_cast<int>(status.error_code())},
                                          {"detail", status.error_message()}});
  switch (said.code()) {
    case absl::StatusCode::kUnavailable: {
      const bool never_sent = status.error_message().rfind(kNeverSent, 0) == 0;
      return Error(method.safe || never_sent ? error::v1::COMMON_REASON_UNAVAILABLE
                                             : error::v1::COMMON_REASON_OUTCOME_UNKNOWN);
    }
    case absl::StatusCode::kUnimplemented:
      return Error(error::v1::COMMON_REASON_METHOD_UNKNOWN, {{"method", method.path}});
    default:
      return Error(error::v1::COMMON_REASON_INTERNAL, {{"request", request_id}});
  }
}

}  // namespace

std::shared_ptr<grpc::Channel> OpenChannel(const std::string& target) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_MAX_METADATA_SIZE, kMaxMetadataBytes);
  arguments.SetMaxReceiveMessageSize(kMaxAnswerBytes);
  return rpc::OpenHostChannel(target, arguments);
}

std::string BytesOf(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  if (!buffer.Valid() || !buffer.Dump(&slices).ok()) return "";
  std::string bytes;
  bytes.reserve(buffer.Length());
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

grpc::ByteBuffer BufferOf(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return {&slice, 1};
}

grpc::Status Presentable(const grpc::Status& status, const Method& method,
                         const std::string& request_id) {
  // Without a reason it is the connection that spoke, no service.
  if (status.ok() || !ReasonOf(rpc::FromGrpc(status)).empty()) return status;
  return rpc::ToGrpc(Reworded(status, method, request_id));
}

Upstream::Upstream(const std::vector<std::shared_ptr<grpc::Channel>>& channels) {
  for (const auto& channel : channels) {
    stubs_.push_back(std::make_unique<grpc::GenericStub>(channel));
  }
}

void Upstream::Unary(size_t backend, const std::string& path,
                     const std::shared_ptr<UpstreamCall>& call,
                     std::function<void(grpc::Status)> done) {
  stubs_[backend]->UnaryCall(
      &call->context, path, grpc::StubOptions(), &call->request, &call->response,
      [call, done = std::move(done)](grpc::Status status) { done(std::move(status)); });
}

void Upstream::Stream(size_t backend, const std::string& path, grpc::ClientContext& context,
                      grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>& reactor) {
  stubs_[backend]->PrepareBidiStreamingCall(&context, path, grpc::StubOptions(), &reactor);
}

}  // namespace jinhuan::gateway
