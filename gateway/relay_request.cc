// A call's request on its way to the service.
#include <algorithm>
#include <limits>

#include "gateway/grpc_head.h"
#include "gateway/relay.h"
#include "gateway/upstream.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/status/error.h"

namespace jinhuan::gateway {
namespace {

constexpr size_t kOwnFields = 8;  // of a head to a service

}  // namespace

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

http2::Fields Relay::HeadUp(const http2::Connection& connection) const {
  http2::Fields head;
  head.reserve(head_.size() + identity_->size() + kOwnFields);
  head.push_back({":method", "POST"});
  head.push_back({":scheme", connection.secure() ? "https" : "http"});
  head.push_back({":path", path_});
  head.push_back({":authority", connection.peer()});
  head.push_back({"te", "trailers"});
  head.push_back({"content-type", kGrpcContentType});
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

}  // namespace jinhuan::gateway
