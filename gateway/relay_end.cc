// What becomes of a call that is answered, or whose client or service is gone.
#include <grpcpp/support/status.h>

#include "gateway/relay.h"

namespace jinhuan::gateway {
namespace {

// How much, and how long, a client may go on talking that was answered.
constexpr size_t kHearOutBytes = 16 << 20;
constexpr absl::Duration kHearOutTime = absl::Seconds(5);
constexpr absl::Duration kDrainTime = absl::Milliseconds(100);
// How long it may take to read the rest of an answer whose end is known.
constexpr absl::Duration kLastWordsTime = absl::Minutes(2);

}  // namespace

void Relay::Free(std::string& text) { std::string().swap(text); }

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

// A client may learn of its answer only when it has said all that it had begun to say (Node's
// does), so it is heard out, within bounds.
void Relay::HearOut() {
  if (client_ == nullptr) return;
  const absl::Duration patience = port_.draining ? kDrainTime : kHearOutTime;
  late_.Set(heard_all_ ? kLastWordsTime : patience, [this] { CutOff(); });
}

void Relay::Discard(size_t bytes) {
  discarded_ += bytes;
  if (discarded_ > kHearOutBytes) return client_->Reset(NGHTTP2_NO_ERROR);
  client_->Consume(bytes);
}

void Relay::Linger() {
  port_.answered.Enter(lingers_, down_.held, [this] { CutOff(); });
}

void Relay::CutOff() {
  lingers_.Leave();
  if (service_ != nullptr) service_->Reset(NGHTTP2_NO_ERROR);
  if (client_ != nullptr) client_->Reset(NGHTTP2_NO_ERROR);
}

void Relay::Client::OnClosed(uint32_t) {
  relay.client_ = nullptr;
  relay.lingers_.Leave();
  relay.late_.Cancel();
  if (relay.over_) return;
  relay.Over(grpc::StatusCode::CANCELLED, false);
  if (relay.service_ != nullptr) relay.service_->Reset(NGHTTP2_CANCEL);
}

void Relay::Service::OnClosed(uint32_t error) {
  relay.service_ = nullptr;
  if (!relay.over_) relay.Broken(error);
}

}  // namespace jinhuan::gateway
