#include "gateway/relay.h"

#include <algorithm>
#include <array>

#include "gateway/compression.h"
#include "gateway/connect_request.h"
#include "gateway/grpc_head.h"
#include "gateway/upstream.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/rpc/status_conversion.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::gateway {
namespace {

// With what Sessions believes for up to 3.5 s, a stream of a revoked session ends
// within 5 s.
constexpr absl::Duration kRecheckEvery = absl::Seconds(1);

// Bytes of one direction that may wait to leave before no more are asked for.
constexpr size_t kHeldBytes = 128 * 1024;
// Of a message to health or reflection.
constexpr size_t kOwnMessageBytes = 64 * 1024;

// How much, and how long, a client may go on talking that was answered.
constexpr size_t kHearOutBytes = 16 << 20;
constexpr absl::Duration kHearOutTime = absl::Seconds(5);
constexpr absl::Duration kDrainTime = absl::Milliseconds(100);
// How long it may take to read the rest of an answer whose end is known.
constexpr absl::Duration kLastWordsTime = absl::Minutes(2);
// What all that is answered may keep together, and what each does at least.
constexpr size_t kMostAnsweredBytes = 64 << 20;
constexpr size_t kLeastAnsweredBytes = 4096;
// Of a path that is unknown.
constexpr size_t kShownPath = 200;

constexpr size_t kOwnFields = 8;       // of a head to a service
constexpr size_t kFieldOverhead = 32;  // RFC 7541, section 4.1

constexpr char kContentType[] = "application/grpc";

bool IsGrpc(const http2::Fields& head) {
  const std::string_view type = http2::ValueOf(head, "content-type");
  const size_t end = sizeof kContentType - 1;
  return http2::ValueOf(head, ":method") == "POST" && type.starts_with(kContentType) &&
         (type.size() == end || type[end] == '+' || type[end] == ';');
}

size_t SizeOf(const http2::Fields& fields) {
  size_t size = 0;
  for (const http2::Field& field : fields) {
    size += field.name.size() + field.value.size() + kFieldOverhead;
  }
  return size;
}

void Free(std::string& text) { std::string().swap(text); }

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

void Relay::TakeRequest(std::string_view data) {
  if (over_) return Discard(data.size());
  up_.waiting += data.size();
  // What came before it comes first.
  if (unread_.empty() && !Unpack(data)) return;
  Keep(data);
}

// Goes on with what was put off.
void Relay::ReadOn() {
  if (over_) return;
  const std::string put_off = std::exchange(unread_, "");
  std::string_view data = put_off;
  if (Unpack(data) && Keep(data) && heard_all_ && unread_.empty()) EndWhole();
}

// Takes off `data` what may be unpacked by now: for nobody nothing, and no more than the service
// keeps pace with, however small it came. False when that ended the call.
bool Relay::Unpack(std::string_view& data) {
  if (!identified_) return true;
  const size_t enough =
      unary() ? std::numeric_limits<size_t>::max() : kHeldBytes - std::min(kHeldBytes, up_.held);
  const absl::Status taken = request_->PassSome(data, message_, enough);
  if (!taken.ok()) Answer(taken);
  return taken.ok();
}

// Keeps the rest for later, and hands on what was unpacked; as above.
bool Relay::Keep(std::string_view rest) {
  unread_.append(rest);
  if (!Hold()) {
    Answer(Error(error::v1::COMMON_REASON_OVERLOADED));
    return false;
  }
  if (!identified_) return true;
  if (unary()) {
    AskForMore();  // the message has a bound of its own
  } else if (service_ != nullptr) {
    SendUp();
  }
  return true;
}

bool Relay::Hold() {
  return share_.Hold(up_.held + unread_.size() + message_.size() + request_->kept());
}

void Relay::AskForMore() {
  if (up_.held >= kHeldBytes) return;
  const size_t dealt_with = std::exchange(up_.waiting, unread_.size()) - unread_.size();
  client_->Consume(dealt_with);
}

// A client may learn of its answer only when it has said all that it had begun to say (Node's
// does), so it is heard out, within bounds.
void Relay::HearOut() {
  if (client_ == nullptr) return;
  const absl::Duration patience = port_.draining ? kDrainTime : kHearOutTime;
  late_.Set(heard_all_ ? kLastWordsTime : patience, [this] { CutOff(); });
}

void Relay::CutOff() {
  StopLingering();
  if (service_ != nullptr) service_->Reset(NGHTTP2_NO_ERROR);
  if (client_ != nullptr) client_->Reset(NGHTTP2_NO_ERROR);
}

// What is answered goes at the client's pace and has no place among the calls under way, so what
// all of it keeps has a bound: beyond that who was answered first has had the most time.
void Relay::Linger() {
  lingering_bytes_ = kLeastAnsweredBytes + down_.held;
  port_.answered_bytes += lingering_bytes_;
  lingers_ = port_.answered.insert(port_.answered.end(), this);
  while (port_.answered_bytes > kMostAnsweredBytes) port_.answered.front()->CutOff();
}

void Relay::StopLingering() {
  if (!lingers_.has_value()) return;
  port_.answered.erase(*lingers_);
  port_.answered_bytes -= lingering_bytes_;
  lingers_.reset();
}

void Relay::Discard(size_t bytes) {
  discarded_ += bytes;
  if (discarded_ > kHearOutBytes) return client_->Reset(NGHTTP2_NO_ERROR);
  client_->Consume(bytes);
}

void Relay::EndRequest() {
  heard_all_ = true;
  if (over_) return HearOut();
  if (identified_ && unread_.empty()) EndWhole();
}

// All of the request was read.
void Relay::EndWhole() {
  if (const absl::Status whole = CheckWhole(); !whole.ok()) return Answer(whole);
  if (service_ != nullptr) return SendUp();
  GoOn();
}

absl::Status Relay::CheckWhole() const {
  const bool one = unary() || method_->kind == Kind::kServerStream;
  if (one && request_->begun() == 0) return NotOneMessage();
  if (request_->between()) return absl::OkStatus();
  return Error(error::v1::COMMON_REASON_MALFORMED_BODY, {{"detail", "a message is cut short"}});
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

http2::Fields Relay::HeadUp(const http2::Connection& connection) const {
  http2::Fields head;
  head.reserve(head_.size() + identity_->size() + kOwnFields);
  head.push_back({":method", "POST"});
  head.push_back({":scheme", connection.secure() ? "https" : "http"});
  head.push_back({":path", path_});
  head.push_back({":authority", connection.peer()});
  head.push_back({"te", "trailers"});
  head.push_back({"content-type", kContentType});
  head.push_back({"grpc-accept-encoding", "identity"});
  if (deadline_ != absl::InfiniteFuture()) {
    head.push_back({"grpc-timeout", GrpcTimeout(deadline_ - port_.gate.clock().Now()), true});
  }
  PassUp(head_, head);
  AppendFields(*identity_, head);
  return head;
}

void Relay::SendUp() {
  if (unary()) {
    service_->Send(message_);
  } else if (!message_.empty()) {
    up_.held += message_.size();
    service_->Send(message_);
    message_.size() > kHeldBytes ? Free(message_) : message_.clear();
  }
  if (heard_all_ && unread_.empty()) service_->End();
  AskForMore();
}

void Relay::Service::OnSent(size_t bytes) {
  relay.up_.held -= std::min(relay.up_.held, bytes);
  if (relay.client_ == nullptr || relay.over_) return;
  relay.Hold();  // less than before
  if (relay.up_.held >= kHeldBytes) return;
  if (relay.unread_.empty()) return relay.AskForMore();
  // In another turn, since it may take its time.
  relay.port_.loop.Post([self = relay.shared_from_this()] {
    if (!self->unread_.empty()) self->ReadOn();
  });
}

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

void Relay::Service::OnEnd() {
  if (!relay.over_) return relay.Broken(NGHTTP2_INTERNAL_ERROR);  // without a status
  if (!relay.heard_all_ && relay.service_ != nullptr) relay.service_->Reset(NGHTTP2_NO_ERROR);
}

http2::Fields Relay::HeadDown() const {
  http2::Fields head = {{":status", "200"},
                        {"content-type", kContentType},
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

void Relay::Over(int code, bool refused) {
  over_ = true;
  late_.Cancel();
  recheck_.Cancel();
  HearOut();
  // What is answered may stay for a while, at the client's pace.
  if (client_ != nullptr) {
    Linger();
    client_->Consume(std::exchange(up_.waiting, 0));
  }
  Free(message_);
  Free(unread_);
  share_.Release();
  request_.reset();
  answer_.reset();
  leading_ = head_ = {};
  if (method_ == nullptr) return;
  port_.gate.Close(passage_, static_cast<absl::StatusCode>(code), session_changed_ || refused);
}

void Relay::Client::OnClosed(uint32_t) {
  relay.client_ = nullptr;
  relay.StopLingering();
  relay.late_.Cancel();
  if (relay.over_) return;
  relay.Over(grpc::StatusCode::CANCELLED, false);
  if (relay.service_ != nullptr) relay.service_->Reset(NGHTTP2_CANCEL);
}

void Relay::Service::OnClosed(uint32_t error) {
  relay.service_ = nullptr;
  if (!relay.over_) relay.Broken(error);
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
