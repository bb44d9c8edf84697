#pragma once

#include "alliance-svc/storage/stores.h"
#include "jinhuan/alliance/v1/alliance_service.grpc.pb.h"
#include "platform/rpc/handler.h"

namespace jinhuan::alliance {

// See alliance_service.proto. Thread-safe.
class AllianceService final : public v1::AllianceService::Service {
 public:
  AllianceService(const rpc::Runtime& runtime, db::Pool& pool, const Stores& stores);

  grpc::Status CreateAlliance(grpc::ServerContext* context,
                              const v1::CreateAllianceRequest* request,
                              v1::Alliance* response) override;
  grpc::Status GetAlliance(grpc::ServerContext* context, const v1::GetAllianceRequest* request,
                           v1::Alliance* response) override;
  grpc::Status ListAlliances(grpc::ServerContext* context, const v1::ListAlliancesRequest* request,
                             v1::ListAlliancesResponse* response) override;
  grpc::Status UpdateAlliance(grpc::ServerContext* context,
                              const v1::UpdateAllianceRequest* request,
                              v1::Alliance* response) override;

 private:
  rpc::Handler handler_;
  db::Pool& pool_;
  IdSource& ids_;
  const Stores& stores_;
};

}  // namespace jinhuan::alliance
