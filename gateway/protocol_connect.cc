#include "gateway/protocol_connect.h"

#include "gateway/browser.h"
#include "gateway/codec.h"
#include "gateway/compression.h"
#include "gateway/connect_request.h"
#include "gateway/error_json.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/rpc/status_conversion.h"
#include "platform/status/error.h"

namespace jinhuan::gateway {
namespace {

constexpr char kAcceptPost[] = "application/json, application/proto";
constexpr char kAcceptStream[] = "application/connect+json, application/connect+proto";

constexpr std::string_view kJson = "application/json";
constexpr std::string_view kProto = "application/proto";

absl::Status MethodUnknown(std::string_view path) {
  return Error(error::v1::COMMON_REASON_METHOD_UNKNOWN, {{"method", std::string(path)}});
}

http::Response ErrorResponse(int http_status, const grpc::Status& status) {
  http::Response response;
  response.status = http_status;
  response.headers = {{"Content-Type", std::string(kJson)}, {"Cache-Control", "no-store"}};
  response.body = ErrorJson(status);
  return response;
}

}  // namespace

struct ConnectProtocol::Call {
  http::Request request;
  http::Respond respond;
  const Method* method = nullptr;
  Visitor visitor;
  Passage passage;
  bool get = false;
  bool json = true;
  bool doubtful = false;               // what the service said makes the session so: Gate::Close
  std::vector<http::Header> metadata;  // of the service, leading and trailing
  std::shared_ptr<UpstreamCall> upstream = std::make_shared<UpstreamCall>();
};

bool ConnectProtocol::Takes(const http::Request& request) const {
  bool json = false;
  const std::string_view type = request.Get("content-type");
  return request.path.rfind("/jinhuan.", 0) == 0 || routes_.Find(request.path) != nullptr ||
         IsConnectContent(type, json);
}

std::function<void()> ConnectProtocol::Handle(http::Request request, http::Respond respond) const {
  const Method* method = routes_.Find(request.path);
  if (method == nullptr) {
    return Stray(request, respond, ErrorResponse(404, rpc::ToGrpc(MethodUnknown(request.path))));
  }
  if (method->kind != Kind::kUnary) {
    http::Response response =
        ErrorResponse(415, rpc::ToGrpc(MethodUnknown(request.path + " (it streams)")));
    response.headers.push_back({"Accept-Post", kAcceptStream});
    return Stray(request, respond, std::move(response));
  }
  bool json = false;
  const bool get = request.method == "GET";
  if (!get && request.method != "POST") {
    return Stray(request, respond,
                 {.status = 405, .headers = {{"Allow", method->safe ? "GET, POST" : "POST"}}});
  }
  if (get && !method->safe) {
    return Stray(request, respond, {.status = 405, .headers = {{"Allow", "POST"}}});
  }
  if (!get && !IsConnectContent(request.Get("content-type"), json)) {
    return Stray(request, respond, {.status = 415, .headers = {{"Accept-Post", kAcceptPost}}});
  }
  auto call = std::make_shared<Call>();
  call->request = std::move(request);
  call->respond = std::move(respond);
  call->method = method;
  call->get = get;
  call->json = json;
  Begin(call);
  return [upstream = call->upstream] { upstream->context.TryCancel(); };
}

std::nullptr_t ConnectProtocol::Stray(const http::Request& request, const http::Respond& respond,
                                      http::Response refusal) const {
  const absl::Status counted = gate_.CountStray(RecogniseBrowser(gate_, request, true));
  respond(counted.ok() ? std::move(refusal)
                       : ErrorResponse(HttpStatus(counted.code()), rpc::ToGrpc(counted)));
  return nullptr;
}

void ConnectProtocol::Begin(const std::shared_ptr<Call>& call) const {
  const http::Request& request = call->request;
  call->visitor = RecogniseBrowser(gate_, request, call->get);
  const absl::Status opened = gate_.Open(*call->method, "connect", call->visitor, call->passage);
  if (!opened.ok()) return Fail(call, opened);
  gate_.Identify(call->visitor, call->passage, [this, call](absl::StatusOr<CallMetadata> identity) {
    if (!identity.ok()) return Fail(call, identity.status());
    Send(call, *identity);
  });
}

void ConnectProtocol::Send(const std::shared_ptr<Call>& call, const CallMetadata& identity) const {
  const auto timeout = ReadTimeout(call->request.Get("connect-timeout-ms"));
  if (!timeout.ok()) return Fail(call, timeout.status());
  absl::StatusOr<ConnectRequest> read =
      call->get ? ReadGet(call->request) : ReadPost(call->request, call->json);
  if (!read.ok()) return Fail(call, read.status());
  call->json = read->json;
  const auto& type = *call->method->descriptor->input_type();
  if (read->json) {
    absl::StatusOr<std::string> binary = codec::FromJson(type, read->message);
    if (!binary.ok()) return Fail(call, binary.status());
    read->message = *std::move(binary);
    const absl::Status held = HoldBody(call->request, read->message.size());
    if (!held.ok()) return Fail(call, held);
  } else if (const absl::Status good = codec::CheckBinary(type, read->message); !good.ok()) {
    return Fail(call, good);
  }
  UpstreamCall& upstream = *call->upstream;
  upstream.request = BufferOf(read->message);
  const Timeouts& timeouts = gate_.timeouts();
  upstream.context.set_deadline(absl::ToChronoTime(
      call->passage.start + std::min(timeout->value_or(timeouts.unset), timeouts.most)));
  for (const auto& [name, value] : PassUp(call->request.headers)) {
    upstream.context.AddMetadata(name, value);
  }
  for (const auto& [name, value] : identity) upstream.context.AddMetadata(name, value);
  upstream_.Unary(call->method->backend, call->method->path, call->upstream,
                  [this, call](const grpc::Status& status) { Receive(call, status); });
}

void ConnectProtocol::Receive(const std::shared_ptr<Call>& call, const grpc::Status& status) const {
  const UpstreamCall& upstream = *call->upstream;
  const ReceivedMetadata& leading = upstream.context.GetServerInitialMetadata();
  if (const auto session = SessionIn(leading)) {
    call->metadata.push_back({"Set-Cookie", SetCookie(*call, *session)});
    call->doubtful = true;
  }
  AppendHeaders(PassDown(leading), "", call->metadata);
  AppendHeaders(PassDown(upstream.context.GetServerTrailingMetadata()), "Trailer-", call->metadata);
  if (!status.ok()) {
    if (status.error_code() == grpc::StatusCode::UNAUTHENTICATED) call->doubtful = true;
    return Fail(call, Presentable(status, *call->method, call->visitor.request_id));
  }
  http::Response response;
  response.body = BytesOf(upstream.response);
  if (call->json) {
    auto json = codec::ToJson(*call->method->descriptor->output_type(), response.body);
    if (!json.ok()) {
      return Fail(
          call, Error(error::v1::COMMON_REASON_INTERNAL, {{"request", call->visitor.request_id}}));
    }
    response.body = *std::move(json);
  }
  response.headers = {{"Content-Type", std::string(call->json ? kJson : kProto)},
                      {"Cache-Control", "no-store"}};
  if (response.body.size() >= kCompressFrom &&
      http::AcceptsCoding(call->request.Get("accept-encoding"), "gzip")) {
    response.body = Gzip(response.body);
    response.headers.push_back({"Content-Encoding", "gzip"});
  }
  response.headers.push_back({"Vary", "Accept-Encoding"});
  Answer(call, std::move(response), absl::StatusCode::kOk);
}

void ConnectProtocol::Fail(const std::shared_ptr<Call>& call, const absl::Status& status) const {
  Fail(call, rpc::ToGrpc(status));
}

void ConnectProtocol::Fail(const std::shared_ptr<Call>& call, const grpc::Status& status) const {
  const auto code = static_cast<absl::StatusCode>(status.error_code());
  http::Response response = ErrorResponse(HttpStatus(code), status);
  if (code == absl::StatusCode::kUnimplemented) {
    response.headers.push_back({"Accept-Encoding", "gzip"});
  }
  Answer(call, std::move(response), code);
}

void ConnectProtocol::Answer(const std::shared_ptr<Call>& call, http::Response response,
                             absl::StatusCode code) const {
  response.headers.push_back({"X-Request-Id", call->visitor.request_id});
  std::move(call->metadata.begin(), call->metadata.end(), std::back_inserter(response.headers));
  gate_.Close(call->passage, code, call->doubtful);
  call->respond(std::move(response));
}

std::string ConnectProtocol::SetCookie(const Call& call, std::string_view token) const {
  return SessionCookie(gate_, call.request, token, secure_cookies_);
}

}  // namespace jinhuan::gateway
