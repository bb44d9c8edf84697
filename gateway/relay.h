#pragma once

#include <grpcpp/alarm.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/generic/generic_stub.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "gateway/gate.h"
#include "gateway/routes.h"

namespace jinhuan::gateway {

// What the relays of one native port share.
struct RelayPort {
  RelayPort(const Routes& r, const Gate& g) : routes(r), gate(g) {}

  const Routes& routes;
  const Gate& gate;
  std::vector<std::unique_ptr<grpc::GenericStub>> stubs;  // by backend
  grpc::AsyncGenericService service;
  std::unique_ptr<grpc::ServerCompletionQueue> queue;
  std::thread::id runner;           // of the one thread that runs the queue
  bool clients_have_names = false;  // in certificates
  std::atomic<bool> draining{false};
  absl::Mutex mutex;
  int relays ABSL_GUARDED_BY(mutex) = 0;  // alive
};

// What a tag of the completion queue is.
class Step {
 public:
  virtual ~Step() = default;
  virtual void Run(bool ok) = 0;
};

// One native gRPC call on its way through: bytes, metadata, deadline, status and
// its details, and cancellation pass; messages are not parsed. Lives from the
// moment it waits for a call until nothing of it is under way, and then deletes
// itself. All of it runs on the port's thread, except Identified.
//
// A unary call takes a short way with one batch to the service. Every other kind
// has two directions, up from the client and down to it, with one operation under
// way at a time in each. The relay lives while someone holds it: each direction has
// one hold, and so has the clock, which bounds the wait for a unary call's message
// and looks every second whether a stream may go on. A call cancelled by its client
// cancels the one to the service: gRPC ties them together.
class Relay {
 public:
  // Waits for the next call.
  static void Await(RelayPort& port) { new Relay(port); }

 private:
  template <void (Relay::*kMember)(bool ok)>
  class StepOf final : public Step {
   public:
    explicit StepOf(Relay& relay) : relay_(relay) {}
    void Run(bool ok) override { (relay_.*kMember)(ok); }

   private:
    Relay& relay_;
  };

  explicit Relay(RelayPort& port);
  ~Relay();

  // Both kinds of calls, in relay.cc.
  void OnArrived(bool ok);
  void Identified(absl::StatusOr<CallMetadata> identity);  // from any thread
  void OnIdentified(bool ok);
  void OpenContext();
  // Undoes the gzip of the message in `up_`, which the port leaves as it came: gRPC would
  // unpack all of it before it measured. The errors of Gunzip.
  absl::Status Unpack();
  void PassHeaders();
  void OnFinished(bool ok);  // the service's status is there
  void Answer(const grpc::Status& status);
  void OnAnswered(bool ok);
  void Release();

  // Unary calls, in relay.cc.
  void AwaitRequest();
  void OnLate(bool ok);  // the message is still not there, or was in time
  void OnRequest(bool ok);

  // Streams, in relay_stream.cc.
  void StartStream();
  void OnStarted(bool ok);
  void OnUpRead(bool ok);
  void OnUpWritten(bool ok);
  void OnUpClosed(bool ok);
  void OnHeaders(bool ok);
  void OnHeadersSent(bool ok);
  void OnDownRead(bool ok);
  void OnDownWritten(bool ok);
  void ScheduleRecheck();
  void OnRecheck(bool ok);    // is the session still good?
  void OnRechecked(bool ok);  // `identity_` says it
  void EndStream(absl::Status why);

  RelayPort& port_;
  grpc::GenericServerContext server_;
  grpc::GenericServerAsyncReaderWriter stream_{&server_};
  const Method* method_ = nullptr;
  Visitor visitor_;
  Passage passage_;
  absl::StatusOr<CallMetadata> identity_;
  std::string caller_;  // of a stream, from its start to its end
  grpc::Alarm alarm_;
  std::unique_ptr<grpc::ClientContext> client_;
  std::unique_ptr<grpc::GenericClientAsyncResponseReader> unary_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> upstream_;
  grpc::ByteBuffer up_;
  grpc::ByteBuffer down_;
  grpc::Status status_;  // the service's
  absl::Status ended_;   // why, when the gateway ended the call and not the service
  int holds_ = 1;
  bool answered_ = false;
  bool gzip_ = false;           // the client compresses
  bool requested_ = false;      // a message came, or of a unary call never will
  bool recheck_waits_ = false;  // on the alarm

  StepOf<&Relay::OnArrived> arrived_step_{*this};
  StepOf<&Relay::OnIdentified> identified_step_{*this};
  StepOf<&Relay::OnFinished> finished_step_{*this};
  StepOf<&Relay::OnAnswered> answered_step_{*this};
  StepOf<&Relay::OnLate> late_step_{*this};
  StepOf<&Relay::OnRequest> request_step_{*this};
  StepOf<&Relay::OnStarted> started_step_{*this};
  StepOf<&Relay::OnUpRead> up_read_step_{*this};
  StepOf<&Relay::OnUpWritten> up_written_step_{*this};
  StepOf<&Relay::OnUpClosed> up_closed_step_{*this};
  StepOf<&Relay::OnHeaders> headers_step_{*this};
  StepOf<&Relay::OnHeadersSent> headers_sent_step_{*this};
  StepOf<&Relay::OnDownRead> down_read_step_{*this};
  StepOf<&Relay::OnDownWritten> down_written_step_{*this};
  StepOf<&Relay::OnRecheck> recheck_step_{*this};
  StepOf<&Relay::OnRechecked> rechecked_step_{*this};
};

// The IP address in a gRPC peer ("ipv4:10.0.0.1:4711", "ipv6:%5B::1%5D:4711"); ""
// for any other.
std::string PeerAddress(const std::string& peer);

}  // namespace jinhuan::gateway
