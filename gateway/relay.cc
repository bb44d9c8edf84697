#include "gateway/relay.h"

#include <grpc/grpc_security_constants.h>
#include <grpcpp/security/auth_context.h>

#include <chrono>

#include "gateway/compression.h"
#include "gateway/connect_request.h"
#include "gateway/envelope.h"
#include "gateway/upstream.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/rpc/status_conversion.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::gateway {
namespace {

std::chrono::system_clock::time_point After(absl::Duration duration) {
  return std::chrono::system_clock::now() + absl::ToChronoMicroseconds(duration);
}

// No protobuf message does: 0x1F would be a field of wire type 7, which does not exist.
bool BeginsAsGzip(const grpc::ByteBuffer& message) {
  std::vector<grpc::Slice> slices;
  if (!message.Dump(&slices).ok()) return false;
  std::string head;
  for (size_t i = 0; i < slices.size() && head.size() < 2; ++i) {
    head.append(reinterpret_cast<const char*>(slices[i].begin()),
                std::min(slices[i].size(), 2 - head.size()));
  }
  return head == "\x1f\x8b";
}

// The DNS names in the certificate of the other side, which gRPC has verified.
std::vector<std::string> NamesIn(const grpc::AuthContext& context) {
  std::vector<std::string> names;
  for (const grpc::string_ref& name : context.FindPropertyValues(GRPC_PEER_DNS_PROPERTY_NAME)) {
    names.emplace_back(name.data(), name.size());
  }
  return names;
}

}  // namespace

std::string PeerAddress(const std::string& peer) {
  const auto decoded = http::PercentDecode(peer, false);
  if (!decoded.has_value()) return "";
  const size_t last = decoded->rfind(':');
  if (decoded->rfind("ipv4:", 0) == 0 && last > 5) return decoded->substr(5, last - 5);
  if (decoded->rfind("ipv6:[", 0) == 0 && last > 7) return decoded->substr(6, last - 7);
  return "";
}

Relay::Relay(RelayPort& port) : port_(port) {
  {
    absl::MutexLock lock(&port_.mutex);
    ++port_.relays;
  }
  port_.service.RequestCall(&server_, &stream_, port_.queue.get(), port_.queue.get(),
                            &arrived_step_);
}

Relay::~Relay() {
  absl::MutexLock lock(&port_.mutex);
  --port_.relays;
}

void Relay::Release() {
  if (--holds_ == 0) delete this;
}

void Relay::OnArrived(bool ok) {
  if (!ok) return Release();  // the server shuts down
  Await(port_);
  const auto& metadata = server_.client_metadata();
  visitor_ = port_.gate.Recognise([&](std::string_view name) { return ValueOf(metadata, name); },
                                  PeerAddress(server_.peer()));
  if (port_.clients_have_names) visitor_.certificate_names = NamesIn(*server_.auth_context());
  server_.AddInitialMetadata("x-request-id", visitor_.request_id);
  method_ = port_.routes.Find(server_.method());
  if (method_ == nullptr) {
    return Answer(rpc::ToGrpc(
        Error(error::v1::COMMON_REASON_METHOD_UNKNOWN, {{"method", server_.method()}})));
  }
  const absl::Status opened = port_.gate.Open(*method_, "grpc", visitor_, passage_);
  if (!opened.ok()) return Answer(rpc::ToGrpc(opened));
  port_.gate.Identify(visitor_, passage_, [this](absl::StatusOr<CallMetadata> identity) {
    Identified(std::move(identity));
  });
}

void Relay::Identified(absl::StatusOr<CallMetadata> identity) {
  identity_ = std::move(identity);
  if (std::this_thread::get_id() == port_.runner) return OnIdentified(true);
  alarm_.Set(port_.queue.get(), std::chrono::system_clock::now(), &identified_step_);
}

void Relay::OnIdentified(bool) {
  if (!identity_.ok()) return Answer(rpc::ToGrpc(identity_.status()));
  OpenContext();
  if (method_->kind != Kind::kUnary) return StartStream();
  AwaitRequest();
}

// A client that opens a call and then says nothing may not keep its place inside.
void Relay::AwaitRequest() {
  ++holds_;
  alarm_.Set(port_.queue.get(), std::min(server_.deadline(), After(port_.gate.timeouts().unset)),
             &late_step_);
  stream_.Read(&up_, &request_step_);
}

void Relay::OnLate(bool) {
  if (!requested_) {
    ended_ = Error(error::v1::COMMON_REASON_DEADLINE_EXCEEDED);
    server_.TryCancel();
  }
  Release();
}

void Relay::OpenContext() {
  client_ = grpc::ClientContext::FromServerContext(server_);
  if (method_->kind == Kind::kUnary) {
    const Timeouts& timeouts = port_.gate.timeouts();
    const bool set = server_.deadline() != std::chrono::system_clock::time_point::max();
    client_->set_deadline(set ? std::min(server_.deadline(), After(timeouts.most))
                              : After(timeouts.unset));
  }
  for (const auto& [name, value] : PassUp(server_.client_metadata())) {
    client_->AddMetadata(name, value);
  }
  for (const auto& [name, value] : *identity_) client_->AddMetadata(name, value);
}

void Relay::OnRequest(bool ok) {
  requested_ = true;
  alarm_.Cancel();
  if (!ended_.ok()) return Answer(rpc::ToGrpc(ended_));
  if (!ok) return Answer(rpc::ToGrpc(NotOneMessage()));
  if (const absl::Status taken = Unpack(); !taken.ok()) return Answer(rpc::ToGrpc(taken));
  unary_ = port_.stubs[method_->backend]->PrepareUnaryCall(client_.get(), method_->path, up_,
                                                           port_.queue.get());
  unary_->StartCall();
  unary_->Finish(&down_, &status_, &finished_step_);
}

absl::Status Relay::Unpack() {
  grpc::Slice only;
  if (up_.TrySingleSlice(&only).ok()) return absl::OkStatus();  // not compressed
  if (!BeginsAsGzip(up_)) return absl::OkStatus();
  gzip_ = true;
  JH_ASSIGN_OR_RETURN(const std::string message, Gunzip(BytesOf(up_), kMaxBodyBytes));
  up_ = BufferOf(message);
  return absl::OkStatus();
}

void Relay::PassHeaders() {
  // Who compresses is answered so, as gRPC's servers do.
  if (gzip_) server_.set_compression_level(GRPC_COMPRESS_LEVEL_LOW);
  for (const auto& [name, value] : PassDown(client_->GetServerInitialMetadata())) {
    server_.AddInitialMetadata(name, value);
  }
}

void Relay::OnFinished(bool) {
  if (unary_ != nullptr) PassHeaders();
  for (const auto& [name, value] : PassDown(client_->GetServerTrailingMetadata())) {
    server_.AddTrailingMetadata(name, value);
  }
  if (!ended_.ok()) return Answer(rpc::ToGrpc(ended_));
  Answer(Presentable(status_, *method_, visitor_.request_id));
}

void Relay::Answer(const grpc::Status& status) {
  if (method_ != nullptr) {
    const bool session_changed =
        unary_ != nullptr && client_->GetServerInitialMetadata().count(kSessionMetadata) > 0;
    const bool refused = status_.error_code() == grpc::StatusCode::UNAUTHENTICATED;
    port_.gate.Close(passage_, static_cast<absl::StatusCode>(status.error_code()),
                     session_changed || refused);
  }
  if (unary_ != nullptr && status.ok()) {
    stream_.WriteAndFinish(down_, grpc::WriteOptions(), status, &answered_step_);
  } else {
    stream_.Finish(status, &answered_step_);
  }
}

void Relay::OnAnswered(bool) {
  answered_ = true;
  if (recheck_waits_) alarm_.Cancel();
  Release();
}

}  // namespace jinhuan::gateway
