#include "gateway/protocol_stream.h"

#include <grpcpp/alarm.h>
#include <grpcpp/support/client_callback.h>

#include <chrono>

#include "gateway/browser.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/rpc/status_conversion.h"
#include "platform/status/error.h"

namespace jinhuan::gateway {
namespace {

// With what Sessions believes for up to 3.5 s, a stream of a revoked session ends
// within 5 s.
constexpr auto kRecheckEvery = std::chrono::seconds(1);

absl::Status Internal(const std::string& request_id) {
  return Error(error::v1::COMMON_REASON_INTERNAL, {{"request", request_id}});
}

}  // namespace

// One call. It holds itself from its start to OnDone, and answers once: with a head and
// then the body in pieces, or, when it ends before there is a head, with both at once.
//
// gRPC calls one On... at a time. A hold keeps OnDone away while a piece is being sent.
class StreamProtocol::Call final
    : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>,
      public std::enable_shared_from_this<Call> {
 public:
  Call(const StreamProtocol& protocol, Dialect dialect, http::Request request,
       http::Respond respond)
      : protocol_(protocol),
        dialect_(std::move(dialect)),
        request_(std::move(request)),
        respond_(std::move(respond)) {}

  void Begin(const Method* method) {
    if (method == nullptr) {
      return Refuse(Error(error::v1::COMMON_REASON_METHOD_UNKNOWN, {{"method", request_.path}}));
    }
    const bool streams = method->kind == Kind::kServerStream;
    if (!streams && !(dialect_.web() && method->kind == Kind::kUnary)) {
      return Refuse(Error(error::v1::COMMON_REASON_METHOD_UNKNOWN,
                          {{"method", request_.path + " (not in this way)"}}));
    }
    method_ = method;
    visitor_ = RecogniseBrowser(protocol_.gate_, request_, false);
    const absl::Status opened = protocol_.gate_.Open(*method, dialect_.name(), visitor_, passage_);
    if (!opened.ok()) return Finish(rpc::ToGrpc(opened), {});
    protocol_.gate_.Identify(visitor_, passage_,
                             [self = shared_from_this()](absl::StatusOr<CallMetadata> identity) {
                               if (!identity.ok())
                                 return self->Finish(rpc::ToGrpc(identity.status()), {});
                               self->Send(*identity);
                             });
  }

  // The client is gone, or its connection is asked to end.
  void Abandon() {
    if (protocol_.draining_) return End(Error(error::v1::COMMON_REASON_UNAVAILABLE));
    Cancel();
  }

  void OnReadInitialMetadataDone(bool ok) override {
    if (!ok) return;  // there is none, and OnDone says why
    http::Response head = dialect_.Head(PassDown(context_.GetServerInitialMetadata()));
    AppendOwnHeaders(head);
    if (const auto session = SessionIn(context_.GetServerInitialMetadata())) {
      head.headers.push_back({"Set-Cookie", SessionCookie(protocol_.gate_, request_, *session,
                                                          protocol_.secure_cookies_)});
      session_changed_ = true;
    }
    AddHold();  // until the last read; the first comes from the HTTP side
    head.stream_body = [start = std::make_shared<FirstRead>(shared_from_this())](
                           std::shared_ptr<http::BodyWriter> writer) {
      start->With(std::move(writer));
    };
    answered_ = true;
    respond_(std::move(head));
  }

  void OnReadDone(bool ok) override {
    if (!ok) return RemoveHold();
    absl::StatusOr<std::string> piece =
        dialect_.Message(*method_->descriptor->output_type(), BytesOf(down_));
    if (!piece.ok()) {
      End(Internal(visitor_.request_id));
      return RemoveHold();
    }
    writer_->Write(*std::move(piece), [self = shared_from_this()](bool there) {
      if (there) return self->StartRead(&self->down_);
      self->Cancel();
      self->RemoveHold();
    });
  }

  void OnDone(const grpc::Status& status) override {
    std::shared_ptr<Call> self = std::move(self_);
    grpc::Status end = Presentable(status, *method_, visitor_.request_id);
    {
      absl::MutexLock lock(&mutex_);
      over_ = true;
      if (!ended_.ok()) end = rpc::ToGrpc(ended_);
    }
    alarm_.Cancel();
    refused_ = status.error_code() == grpc::StatusCode::UNAUTHENTICATED;
    Finish(end, PassDown(context_.GetServerTrailingMetadata()));
  }

 private:
  // The first read, which the HTTP side begins when the head is on its way; or never, when
  // the client is gone by then.
  class FirstRead {
   public:
    explicit FirstRead(std::shared_ptr<Call> call) : call_(std::move(call)) {}
    ~FirstRead() {
      if (call_ == nullptr) return;
      call_->Cancel();
      call_->RemoveHold();
    }
    void With(std::shared_ptr<http::BodyWriter> writer) {
      const std::shared_ptr<Call> call = std::exchange(call_, nullptr);
      call->writer_ = std::move(writer);
      call->StartRead(&call->down_);
    }

   private:
    std::shared_ptr<Call> call_;
  };

  void Send(const CallMetadata& identity) {
    const auto timeout = dialect_.Timeout(request_);
    if (!timeout.ok()) return Finish(rpc::ToGrpc(timeout.status()), {});
    const auto message = dialect_.ReadOnly(*method_->descriptor->input_type(), request_);
    if (!message.ok()) return Finish(rpc::ToGrpc(message.status()), {});
    up_ = BufferOf(*message);
    std::string().swap(request_.body);  // it may be large, and a stream lives long
    const Timeouts& timeouts = protocol_.gate_.timeouts();
    const bool unary = method_->kind == Kind::kUnary;
    if (unary || timeout->has_value()) {
      const absl::Duration wait = timeout->value_or(timeouts.unset);
      context_.set_deadline(
          absl::ToChronoTime(passage_.start + (unary ? std::min(wait, timeouts.most) : wait)));
    }
    for (const auto& [name, value] : PassUp(request_.headers)) context_.AddMetadata(name, value);
    for (const auto& [name, value] : identity) context_.AddMetadata(name, value);
    if (!unary) {
      auto caller = protocol_.gate_.BeginStream(identity, passage_);
      if (!caller.ok()) return Finish(rpc::ToGrpc(caller.status()), {});
      caller_ = *std::move(caller);
    }
    self_ = shared_from_this();
    protocol_.upstream_.Stream(method_->backend, method_->path, context_, *this);
    StartWriteLast(&up_, grpc::WriteOptions());
    if (!unary) Recheck();
    StartCall();
  }

  // Looks every second whether the session is still good and its caller the same.
  void Recheck() {
    absl::MutexLock lock(&mutex_);
    if (over_) return;
    // An alarm keeps what it was given after it rang: a hold of ours would hold us, and the
    // client's connection with us, for ever.
    alarm_.Set(std::chrono::system_clock::now() + kRecheckEvery, [weak = weak_from_this()](bool) {
      if (const auto self = weak.lock()) self->OnRecheck();
    });
  }

  void OnRecheck() {
    {
      absl::MutexLock lock(&mutex_);
      if (over_) return;
    }
    if (protocol_.draining_) return End(Error(error::v1::COMMON_REASON_UNAVAILABLE));
    const Gate& gate = protocol_.gate_;
    gate.Identify(visitor_, passage_, [self = shared_from_this(), &gate](const auto& identity) {
      const absl::Status still = gate.StillIs(self->caller_, identity);
      still.ok() ? self->Recheck() : self->End(still);
    });
  }

  void Cancel() { context_.TryCancel(); }

  // Ends the call for a reason of the gateway's.
  void End(absl::Status why) {
    {
      absl::MutexLock lock(&mutex_);
      if (ended_.ok()) ended_ = std::move(why);
    }
    Cancel();
  }

  // Before there was a passage: it counts as a call nevertheless.
  void Refuse(const absl::Status& status) {
    const absl::Status counted =
        protocol_.gate_.CountStray(RecogniseBrowser(protocol_.gate_, request_, false));
    Answer(dialect_.End(rpc::ToGrpc(counted.ok() ? status : counted), {}));
  }

  void Finish(const grpc::Status& status, const CallMetadata& trailing) {
    protocol_.gate_.Close(passage_, static_cast<absl::StatusCode>(status.error_code()),
                          refused_ || session_changed_);
    std::string end = dialect_.End(status, trailing);
    if (!answered_) return Answer(std::move(end));
    if (writer_ == nullptr) return;  // the client was gone before the head
    writer_->Write(std::move(end), [writer = writer_](bool there) {
      if (there) writer->End();
    });
  }

  void Answer(std::string body) {
    http::Response whole = dialect_.Head({});
    AppendOwnHeaders(whole);
    whole.body = std::move(body);
    respond_(std::move(whole));
  }

  void AppendOwnHeaders(http::Response& response) const {
    if (!visitor_.request_id.empty()) {
      response.headers.push_back({"X-Request-Id", visitor_.request_id});
    }
    // Proxies are not to hold back what comes in pieces.
    response.headers.push_back({"X-Accel-Buffering", "no"});
  }

  const StreamProtocol& protocol_;
  const Dialect dialect_;
  http::Request request_;
  const http::Respond respond_;
  const Method* method_ = nullptr;
  Visitor visitor_;
  Passage passage_;
  std::string caller_;
  grpc::ClientContext context_;
  grpc::ByteBuffer up_;
  grpc::ByteBuffer down_;
  std::shared_ptr<http::BodyWriter> writer_;
  std::shared_ptr<Call> self_;  // while gRPC knows it
  bool answered_ = false;
  bool refused_ = false;  // by the service: UNAUTHENTICATED
  bool session_changed_ = false;
  grpc::Alarm alarm_;
  absl::Mutex mutex_;
  bool over_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status ended_ ABSL_GUARDED_BY(mutex_);  // why, when the gateway ended it
};

std::function<void()> StreamProtocol::Handle(http::Request request, http::Respond respond) const {
  if (request.method != "POST") {
    const bool few = gate_.CountStray(RecogniseBrowser(gate_, request, true)).ok();
    respond({.status = few ? 405 : 429, .headers = {{"Allow", "POST"}}});
    return nullptr;
  }
  Dialect dialect = *Dialect::Of(request);
  const Method* method = routes_.Find(request.path);
  auto call =
      std::make_shared<Call>(*this, std::move(dialect), std::move(request), std::move(respond));
  call->Begin(method);
  return [call = std::weak_ptr<Call>(call)] {
    if (const auto alive = call.lock()) alive->Abandon();
  };
}

}  // namespace jinhuan::gateway
