// A call from its arrival to the service, and who makes it.
#include "gateway/relay.h"

#include <algorithm>
#include <limits>

#include "gateway/compression.h"
#include "gateway/connect_request.h"
#include "gateway/grpc_head.h"
#include "gateway/upstream.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::gateway {
namespace {

// With what Sessions believes for up to 3.5 s, a stream of a revoked session ends
// within 5 s.
constexpr absl::Duration kRecheckEvery = absl::Seconds(1);

// Of a message to health or reflection.
constexpr size_t kOwnMessageBytes = 64 * 1024;
// Of a path that is unknown.
constexpr size_t kShownPath = 200;

constexpr size_t kFieldOverhead = 32;  // RFC 7541, section 4.1

size_t SizeOf(const http2::Fields& fields) {
  size_t size = 0;
  for (const http2::Field& field : fields) {
    size += field.name.size() + field.value.size() + kFieldOverhead;
  }
  return size;
}

}  // namespace

std::shared_ptr<http2::StreamUser> Relay::Accept(RelayPort& port, http2::Stream& client) {
  const auto relay = std::make_shared<Relay>(port, client);
  return {relay, &relay->client_user_};
}

Relay::Relay(RelayPort& port, http2::Stream& client)
    : port_(port), client_(&client), late_(port.loop), recheck_(port.loop), share_(port.bodies) {
  absl::MutexLock lock(&port_.mutex);
  ++port_.relays;
}

Relay::~Relay() {
  absl::MutexLock lock(&port_.mutex);
  --port_.relays;
}

void Relay::Client::OnFields(http2::Fields fields) {
  if (std::exchange(relay.arrived_, true)) return;  // trailers, which say nothing
  relay.head_ = std::move(fields);
  relay.Arrive();
}

void Relay::Arrive() {
  const http2::Connection& from = client_->connection();
  visitor_ = port_.gate.Recognise(
      [&](std::string_view name) { return http2::ValueOf(head_, name); }, from.peer());
  visitor_.certificate_names = from.peer_names();
  if (!IsGrpc(head_)) {
    over_ = true;
    client_->SendOnly({{":status", port_.gate.CountStray(visitor_).ok() ? "415" : "429"}});
    HearOut();
    return Linger();
  }
  if (port_.draining) {
    over_ = true;
    return client_->Reset(NGHTTP2_REFUSED_STREAM);  // it is for another gateway
  }
  path_ = http2::ValueOf(head_, ":path");
  if (const absl::Status entered = Enter(); !entered.ok()) return Answer(entered);
  if (own_) return Identified(CallMetadata());
  port_.gate.Identify(visitor_, passage_,
                      [self = shared_from_this()](absl::StatusOr<CallMetadata> identity) {
                        self->Identified(std::move(identity));
                      });
}

absl::Status Relay::Enter() {
  method_ = port_.routes.Find(path_);
  if (method_ == nullptr) {
    method_ = port_.routes.FindOwn(path_);
    own_ = method_ != nullptr;
  }
  if (method_ == nullptr) {
    JH_RETURN_IF_ERROR(port_.gate.CountStray(visitor_));
    return Error(error::v1::COMMON_REASON_METHOD_UNKNOWN,
                 {{"method", path_.substr(0, kShownPath)}});
  }
  backend_ = own_ ? port_.links.size() - 1 : method_->backend;
  std::string coding(http2::ValueOf(head_, "grpc-encoding"));
  if (coding == "gzip" &&
      http::AcceptsCoding(http2::ValueOf(head_, "grpc-accept-encoding"), "gzip")) {
    answer_.emplace(MessageStream::Mode::kPack, kMaxAnswerBytes);
  }
  const bool one = unary() || method_->kind == Kind::kServerStream;
  request_.emplace(own_ ? MessageStream::Mode::kPlain : MessageStream::Mode::kUnpack,
                   own_ ? kOwnMessageBytes : kMaxBodyBytes, std::move(coding),
                   one ? 1 : std::numeric_limits<int64_t>::max());
  JH_RETURN_IF_ERROR(
      port_.gate.Open(*method_, "grpc", visitor_, passage_, Gate::Message::kAwaited));
  if (client_->fields_cut()) return BodyTooLarge(kMaxMetadataBytes);
  return BoundTime();
}

// A client that opens a call and then says nothing may not keep its place inside.
absl::Status Relay::BoundTime() {
  JH_ASSIGN_OR_RETURN(const std::optional<absl::Duration> timeout,
                      ReadGrpcTimeout(http2::ValueOf(head_, "grpc-timeout")));
  const Timeouts& timeouts = port_.gate.timeouts();
  if (unary()) {
    const absl::Duration wait = std::min(timeout.value_or(timeouts.unset), timeouts.most);
    deadline_ = passage_.start + wait;
    late_.Set(std::min(wait, timeouts.unset), [this] { OnLate(); });
  } else if (timeout.has_value()) {
    deadline_ = passage_.start + *timeout;
    late_.Set(*timeout, [this] { OnLate(); });
  }
  return absl::OkStatus();
}

void Relay::OnLate() {
  const absl::Duration left = deadline_ - port_.gate.clock().Now();
  const bool waits = unary() && !heard_all_;
  if (!waits && left > absl::ZeroDuration()) return late_.Set(left, [this] { OnLate(); });
  Answer(Error(error::v1::COMMON_REASON_DEADLINE_EXCEEDED));
}

void Relay::Identified(absl::StatusOr<CallMetadata> identity) {
  if (!port_.loop.InThread()) {
    return port_.loop.Post([self = shared_from_this(), identity = std::move(identity)]() mutable {
      self->Identified(std::move(identity));
    });
  }
  if (over_) return;
  if (!identity.ok()) return Answer(identity.status());
  identity_ = std::move(identity);
  identified_ = true;
  ReadOn();
  if (!over_) GoOn();
}

// As soon as it is known who calls, and of a unary call what.
void Relay::GoOn() {
  if (started_ || !identified_ || (unary() && !heard_all_)) return;
  started_ = true;
  if (unary()) {
    if (const absl::Status in = port_.gate.Admit(passage_); !in.ok()) return Answer(in);
  } else {
    absl::StatusOr<std::string> caller = port_.gate.BeginStream(*identity_, passage_);
    if (!caller.ok()) return Answer(caller.status());
    caller_ = *std::move(caller);
    recheck_.Set(kRecheckEvery, [this] { Recheck(); });
  }
  Start();
}

void Relay::Start() {
  port_.links[backend_]->Get(
      [self = shared_from_this()](http2::Connection* connection) { self->StartOn(connection); });
}

void Relay::StartOn(http2::Connection* connection) {
  if (over_) return;
  if (connection == nullptr) return Broken(NGHTTP2_REFUSED_STREAM);
  const http2::Fields head = HeadUp(*connection);
  if (SizeOf(head) > kMaxMetadataBytes) return Answer(BodyTooLarge(kMaxMetadataBytes));
  service_ = connection->Open(head, {shared_from_this(), &service_user_});
  if (service_ == nullptr) {
    connection->Leave();  // all its numbers are used up
    return Broken(NGHTTP2_REFUSED_STREAM);
  }
  SendUp();
}

void Relay::Recheck() {
  if (port_.draining) return Answer(Error(error::v1::COMMON_REASON_UNAVAILABLE));
  if (own_) return recheck_.Set(kRecheckEvery, [this] { Recheck(); });
  port_.gate.Identify(visitor_, passage_,
                      [self = shared_from_this()](absl::StatusOr<CallMetadata> identity) {
                        self->Rechecked(std::move(identity));
                      });
}

void Relay::Rechecked(absl::StatusOr<CallMetadata> identity) {
  if (!port_.loop.InThread()) {
    return port_.loop.Post([self = shared_from_this(), identity = std::move(identity)]() mutable {
      self->Rechecked(std::move(identity));
    });
  }
  if (over_) return;
  const absl::Status still = port_.gate.StillIs(caller_, identity);
  if (!still.ok()) return Answer(still);
  recheck_.Set(kRecheckEvery, [this] { Recheck(); });
}

}  // namespace jinhuan::gateway
