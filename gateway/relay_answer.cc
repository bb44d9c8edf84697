// A call's answer on its way to the client.
#include <algorithm>

#include "gateway/grpc_head.h"
#include "gateway/relay.h"
#include "gateway/upstream.h"
#include "platform/rpc/status_conversion.h"

namespace jinhuan::gateway {
namespace {

// What the end of a stream means that the service did not end with a status.
grpc::Status Meaning(uint32_t error) {
  switch (error) {
    case NGHTTP2_REFUSED_STREAM:
      return {grpc::StatusCode::UNAVAILABLE, kNeverSent};
    case NGHTTP2_CANCEL:
      return {grpc::StatusCode::CANCELLED, "cancelled by the service"};
    case NGHTTP2_CONNECT_ERROR:
      return {grpc::StatusCode::UNAVAILABLE, "the connection was lost"};
    default:
      return {grpc::StatusCode::INTERNAL, "the stream was reset"};
  }
}

}  // namespace

void Relay::Service::OnFields(http2::Fields fields) {
  if (relay.over_) return;
  if (!http2::ValueOf(fields, "grpc-status").empty()) return relay.PassStatus(fields);
  if (!relay.leading_.empty()) return;
  const std::string_view http = http2::ValueOf(fields, ":status");
  if (http.starts_with('1')) return;  // its head is yet to come
  if (http != "200") return relay.Broken(NGHTTP2_HTTP_1_1_REQUIRED);
  relay.leading_ = std::move(fields);
  relay.session_changed_ = !http2::ValueOf(relay.leading_, kSessionMetadata).empty();
  relay.client_->SendHead(relay.HeadDown());
  relay.head_sent_ = true;
}

http2::Fields Relay::HeadDown() const {
  http2::Fields head = {{":status", "200"},
                        {"content-type", kGrpcContentType},
                        {"grpc-accept-encoding", "identity,gzip"}};
  if (!visitor_.request_id.empty()) head.push_back({"x-request-id", visitor_.request_id, true});
  if (answer_.has_value()) head.push_back({"grpc-encoding", "gzip"});
  PassDown(leading_, head);
  return head;
}

void Relay::TakeAnswer(std::string_view data) {
  if (over_) return;
  down_.waiting += data.size();
  std::string packed;
  if (answer_.has_value()) {
    if (const absl::Status taken = answer_->Pass(data, packed); !taken.ok()) return Answer(taken);
    data = packed;
  }
  down_.held += data.size();
  client_->Send(data);
  if (down_.held < kHeldBytes) service_->Consume(std::exchange(down_.waiting, 0));
}

void Relay::Client::OnSent(size_t bytes) {
  relay.down_.held -= std::min(relay.down_.held, bytes);
  if (relay.service_ != nullptr && !relay.over_ && relay.down_.held < kHeldBytes) {
    relay.service_->Consume(std::exchange(relay.down_.waiting, 0));
  }
}

void Relay::PassStatus(const http2::Fields& trailers) {
  const grpc::Status said = StatusIn(trailers);
  const grpc::Status shown = own_ ? said : Presentable(said, *method_, visitor_.request_id);
  http2::Fields last = FieldsOf(shown);
  PassDown(trailers, last);
  Finish(std::move(last));
  Over(shown.error_code(), said.error_code() == grpc::StatusCode::UNAUTHENTICATED);
}

void Relay::Service::OnEnd() {
  if (!relay.over_) return relay.Broken(NGHTTP2_INTERNAL_ERROR);  // without a status
  if (!relay.heard_all_ && relay.service_ != nullptr) relay.service_->Reset(NGHTTP2_NO_ERROR);
}

void Relay::Broken(uint32_t error) {
  if (error == NGHTTP2_REFUSED_STREAM && unary() && !head_sent_ && !std::exchange(again_, true)) {
    return Start();
  }
  const grpc::Status meaning = Meaning(error);
  Answer(rpc::FromGrpc(method_ == nullptr ? meaning
                                          : Presentable(meaning, *method_, visitor_.request_id)));
}

void Relay::Answer(const absl::Status& status) {
  const grpc::Status said = rpc::ToGrpc(status);
  Finish(FieldsOf(said));
  Over(said.error_code(), false);
  if (service_ != nullptr) service_->Reset(NGHTTP2_CANCEL);
}

void Relay::Finish(http2::Fields last) {
  if (!std::exchange(head_sent_, true)) client_->SendHead(HeadDown());
  client_->SendTrailers(std::move(last));
}

}  // namespace jinhuan::gateway
