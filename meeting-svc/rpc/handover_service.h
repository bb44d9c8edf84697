#pragma once

#include "jinhuan/meeting/v1/handover_service.grpc.pb.h"
#include "meeting-svc/rpc/handover_checklist.h"
#include "meeting-svc/storage/handover_store.h"
#include "platform/db/pool.h"
#include "platform/rpc/handler.h"

namespace jinhuan::meeting {

// Serves jinhuan.meeting.v1.HandoverService, as handover_service.proto states it.
// Thread-safe.
class HandoverService final : public v1::HandoverService::Service {
 public:
  HandoverService(const rpc::Runtime& runtime, db::Pool& pool, const HandoverStore& handovers,
                  const HandoverChecklist& checklist)
      : handler_(runtime, v1::HandoverService::service_full_name()),
        pool_(pool),
        handovers_(handovers),
        checklist_(checklist) {}

  grpc::Status GetHandover(grpc::ServerContext* context, const v1::GetHandoverRequest* request,
                           v1::Handover* response) override;
  grpc::Status ListHandovers(grpc::ServerContext* context, const v1::ListHandoversRequest* request,
                             v1::ListHandoversResponse* response) override;
  grpc::Status SignHandover(grpc::ServerContext* context, const v1::SignHandoverRequest* request,
                            v1::Handover* response) override;

 private:
  absl::StatusOr<v1::ListHandoversResponse> List(const api::Call& call,
                                                 const v1::ListHandoversRequest& request);
  absl::StatusOr<v1::Handover> Sign(db::Connection& connection, const api::Call& call,
                                    const HandoverKey& key, const std::string& note);
  // The handover for someone who may see it, with its checklist.
  absl::StatusOr<v1::Handover> Read(db::Connection& connection, const api::Call& call,
                                    const HandoverKey& key);

  rpc::Handler handler_;
  db::Pool& pool_;
  const HandoverStore& handovers_;
  const HandoverChecklist& checklist_;
};

}  // namespace jinhuan::meeting
