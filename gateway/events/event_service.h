#pragma once

#include <memory>

#include "gateway/events/hub.h"
#include "gateway/events/kinds.h"
#include "jinhuan/gateway/v1/event_service.grpc.pb.h"
#include "platform/clock.h"
#include "platform/rpc/caller_token.h"

namespace jinhuan::gateway {

// EventService; see event_service.proto. No thread waits for a client: a watch that has
// nothing to say is woken by the hub. Thread-safe.
class EventService final : public v1::EventService::CallbackService {
 public:
  // All must outlive it. `verifier` is for the audience jinhuan.gateway.v1.
  EventService(const rpc::Kinds& kinds, EventHub& hub, rpc::CallerTokenVerifier& verifier,
               const Clock& clock)
      : kinds_(kinds), hub_(hub), verifier_(verifier), clock_(clock) {}

  grpc::ServerWriteReactor<v1::WatchResponse>* Watch(grpc::CallbackServerContext* context,
                                                     const v1::WatchRequest* request) override;

 private:
  class Watcher;

  const rpc::Kinds& kinds_;
  EventHub& hub_;
  rpc::CallerTokenVerifier& verifier_;
  const Clock& clock_;
};

}  // namespace jinhuan::gateway
