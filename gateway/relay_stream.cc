#include <chrono>

#include "gateway/envelope.h"
#include "gateway/relay.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/status/error.h"

namespace jinhuan::gateway {
namespace {

// With what Sessions believes for up to 3.5 s, a stream of a revoked session ends
// within 5 s.
constexpr auto kRecheckEvery = std::chrono::seconds(1);

}  // namespace

void Relay::StartStream() {
  caller_ = CallerIn(*identity_, port_.gate.clock().Now());
  upstream_ =
      port_.stubs[method_->backend]->PrepareCall(client_.get(), method_->path, port_.queue.get());
  upstream_->StartCall(&started_step_);
}

void Relay::OnStarted(bool ok) {
  // The hold so far is that of the way down.
  if (!ok) return upstream_->Finish(&status_, &finished_step_);
  ++holds_;
  stream_.Read(&up_, &up_read_step_);
  upstream_->ReadInitialMetadata(&headers_step_);
  ++holds_;
  ScheduleRecheck();
}

void Relay::OnUpRead(bool ok) {
  if (method_->kind == Kind::kServerStream && ok == requested_) return EndStream(NotOneMessage());
  requested_ = true;
  if (!ok) return upstream_->WritesDone(&up_closed_step_);
  if (absl::Status taken = Unpack(); !taken.ok()) return EndStream(std::move(taken));
  upstream_->Write(up_, &up_written_step_);
}

void Relay::OnUpWritten(bool ok) {
  // When it fails the call is over, and the way down learns why.
  if (!ok) return Release();
  stream_.Read(&up_, &up_read_step_);
}

void Relay::OnUpClosed(bool) { Release(); }

void Relay::OnHeaders(bool ok) {
  if (!ok) return upstream_->Finish(&status_, &finished_step_);
  PassHeaders();
  stream_.SendInitialMetadata(&headers_sent_step_);
}

void Relay::OnHeadersSent(bool ok) { OnDownWritten(ok); }

void Relay::OnDownRead(bool ok) {
  if (ok) return stream_.Write(down_, &down_written_step_);
  upstream_->Finish(&status_, &finished_step_);
}

void Relay::OnDownWritten(bool ok) {
  if (ok) return upstream_->Read(&down_, &down_read_step_);
  client_->TryCancel();  // nobody listens any more
  upstream_->Finish(&status_, &finished_step_);
}

void Relay::ScheduleRecheck() {
  recheck_waits_ = true;
  alarm_.Set(port_.queue.get(), std::chrono::system_clock::now() + kRecheckEvery, &recheck_step_);
}

void Relay::OnRecheck(bool) {
  recheck_waits_ = false;
  if (answered_) return Release();
  if (port_.draining) return EndStream(Error(error::v1::COMMON_REASON_UNAVAILABLE));
  port_.gate.Identify(visitor_, passage_, [this](absl::StatusOr<CallMetadata> identity) {
    identity_ = std::move(identity);
    alarm_.Set(port_.queue.get(), std::chrono::system_clock::now(), &rechecked_step_);
  });
}

void Relay::OnRechecked(bool) {
  if (answered_) return Release();
  if (absl::IsUnauthenticated(identity_.status())) return EndStream(identity_.status());
  // The service judged the caller of the start. For one that gained or lost a role
  // since, or whose term began or ended, the client comes back and is judged anew.
  if (identity_.ok() && CallerIn(*identity_, port_.gate.clock().Now()) != caller_) {
    return EndStream(Error(error::v1::COMMON_REASON_UNAVAILABLE));
  }
  ScheduleRecheck();
}

void Relay::EndStream(absl::Status why) {
  ended_ = std::move(why);
  client_->TryCancel();
  Release();
}

}  // namespace jinhuan::gateway
