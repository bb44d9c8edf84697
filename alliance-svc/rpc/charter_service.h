#pragma once

#include "alliance-svc/storage/stores.h"
#include "jinhuan/alliance/v1/charter_service.grpc.pb.h"
#include "platform/rpc/handler.h"

namespace jinhuan::alliance {

// See charter_service.proto. Thread-safe.
class CharterService final : public v1::CharterService::Service {
 public:
  CharterService(const rpc::Runtime& runtime, db::Pool& pool, const Stores& stores);

  grpc::Status AdoptCharter(grpc::ServerContext* context, const v1::AdoptCharterRequest* request,
                            v1::Charter* response) override;
  grpc::Status GetCharter(grpc::ServerContext* context, const v1::GetCharterRequest* request,
                          v1::Charter* response) override;
  grpc::Status ListCharters(grpc::ServerContext* context, const v1::ListChartersRequest* request,
                            v1::ListChartersResponse* response) override;
  grpc::Status AddWorkingDays(grpc::ServerContext* context,
                              const v1::AddWorkingDaysRequest* request,
                              v1::AddWorkingDaysResponse* response) override;

 private:
  rpc::Handler handler_;
  db::Pool& pool_;
  const Stores& stores_;
};

}  // namespace jinhuan::alliance
