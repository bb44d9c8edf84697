#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "gateway/answered_calls.h"
#include "gateway/envelope.h"
#include "gateway/gate.h"
#include "gateway/http/body_budget.h"
#include "gateway/http2/connection.h"
#include "gateway/routes.h"
#include "gateway/service_link.h"

namespace jinhuan::gateway {

// What the relays of one native port share.
struct RelayPort {
  RelayPort(const Routes& r, const Gate& g, http::BodyBudget& b) : routes(r), gate(g), bodies(b) {}

  const Routes& routes;
  const Gate& gate;
  http::BodyBudget& bodies;  // of requests under way
  http2::Loop loop;
  std::vector<std::unique_ptr<ServiceLink>> links;  // by backend; the gateway's own is the last
  bool draining = false;
  AnsweredCalls answered;
  absl::Mutex mutex;
  int relays ABSL_GUARDED_BY(mutex) = 0;  // alive
};

// One native gRPC call on its way through, between a client's stream and one to the service:
// bytes, metadata, deadline, status and its details, and cancellation pass, and so does
// back-pressure; messages are measured, not parsed. A unary call's message is waited for and
// kept, so that a service that leaves without having looked at it is no failure. All of it runs
// on the port's thread.
class Relay final : public std::enable_shared_from_this<Relay> {
 public:
  // Who uses the stream that a client opened.
  static std::shared_ptr<http2::StreamUser> Accept(RelayPort& port, http2::Stream& client);

  Relay(RelayPort& port, http2::Stream& client);
  ~Relay();
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

 private:
  // The client's stream, and the service's: each tells the relay.
  struct Client final : http2::StreamUser {
    explicit Client(Relay& r) : relay(r) {}
    void OnFields(http2::Fields fields) override;
    void OnData(std::string_view data) override { relay.TakeRequest(data); }
    void OnEnd() override { relay.EndRequest(); }
    void OnSent(size_t bytes) override;
    void OnClosed(uint32_t error) override;
    Relay& relay;
  };
  struct Service final : http2::StreamUser {
    explicit Service(Relay& r) : relay(r) {}
    void OnFields(http2::Fields fields) override;
    void OnData(std::string_view data) override { relay.TakeAnswer(data); }
    void OnEnd() override;
    void OnSent(size_t bytes) override;
    void OnClosed(uint32_t error) override;
    Relay& relay;
  };
  // Bytes of one direction that came, as they came, and whose sender may not yet send as many more.
  struct Flow {
    size_t held = 0;     // on their way out, unpacked
    size_t waiting = 0;  // of what came
  };

  // Bytes of one direction that may wait to leave before no more are asked for.
  static constexpr size_t kHeldBytes = 128 * 1024;

  static void Free(std::string& text);  // also what it holds
  bool unary() const { return method_ != nullptr && method_->kind == Kind::kUnary; }

  // From its arrival to the service (relay.cc).
  void Arrive();
  absl::Status Enter();
  absl::Status BoundTime();
  void OnLate();
  void Identified(absl::StatusOr<CallMetadata> identity);  // from any thread
  void GoOn();
  void Start();
  void StartOn(http2::Connection* connection);
  // Of streams, every second.
  void Recheck();
  void Rechecked(absl::StatusOr<CallMetadata> identity);

  // The request (relay_request.cc).
  void TakeRequest(std::string_view data);
  void ReadOn();
  bool Unpack(std::string_view& data);
  bool Keep(std::string_view rest);
  bool Hold();
  void AskForMore();
  void EndRequest();
  void EndWhole();
  absl::Status CheckWhole() const;
  http2::Fields HeadUp(const http2::Connection& connection) const;
  void SendUp();

  // The answer (relay_answer.cc).
  void TakeAnswer(std::string_view data);
  http2::Fields HeadDown() const;
  void PassStatus(const http2::Fields& trailers);
  void Broken(uint32_t error);
  void Answer(const absl::Status& status);
  void Finish(http2::Fields last);

  // The end (relay_end.cc).
  // Ends the passage. `refused`: the service took the caller for nobody.
  void Over(int code, bool refused);
  void HearOut();
  void Discard(size_t bytes);
  void Linger();
  void CutOff();

  RelayPort& port_;
  Client client_user_{*this};
  Service service_user_{*this};
  http2::Stream* client_;             // null when it is closed
  http2::Stream* service_ = nullptr;  // null while there is none
  http2::Fields head_;                // the client's
  std::string path_;
  const Method* method_ = nullptr;
  bool own_ = false;  // the gateway's: health and reflection
  size_t backend_ = 0;
  Visitor visitor_;
  Passage passage_;
  absl::StatusOr<CallMetadata> identity_ = CallMetadata();
  std::string caller_;  // of a stream, from its start to its end
  absl::Time deadline_ = absl::InfiniteFuture();
  http2::Loop::Timer late_;
  http2::Loop::Timer recheck_;
  std::optional<MessageStream> request_;
  std::optional<MessageStream> answer_;  // when the client compresses, it is answered so
  // Of the request as it came: before it is known who calls, and beyond what the service takes.
  std::string unread_;
  std::string message_;            // a unary call's; of others what waits to be sent
  http::BodyBudget::Share share_;  // of all that is held of the request
  Flow up_;
  Flow down_;
  http2::Fields leading_;  // the service's
  size_t discarded_ = 0;
  AnsweredCalls::Place lingers_;  // while it is answered and not all of that is taken
  bool arrived_ = false;
  bool heard_all_ = false;
  bool identified_ = false;
  bool started_ = false;
  bool again_ = false;  // it was refused once
  bool head_sent_ = false;
  bool over_ = false;
  bool session_changed_ = false;
};

}  // namespace jinhuan::gateway
