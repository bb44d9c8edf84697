#pragma once

#include "jinhuan/meeting/v1/procedure_service.grpc.pb.h"
#include "meeting-svc/storage/procedure_store.h"
#include "platform/db/pool.h"
#include "platform/rpc/handler.h"

namespace jinhuan::meeting {

// Serves jinhuan.meeting.v1.ProcedureService, as procedure_service.proto states it.
// Thread-safe.
class ProcedureService final : public v1::ProcedureService::Service {
 public:
  ProcedureService(const rpc::Runtime& runtime, db::Pool& pool, ProcedureStore& procedures)
      : handler_(runtime, v1::ProcedureService::service_full_name()),
        pool_(pool),
        procedures_(procedures) {}

  grpc::Status ListProcedureTemplates(grpc::ServerContext* context,
                                      const v1::ListProcedureTemplatesRequest* request,
                                      v1::ListProcedureTemplatesResponse* response) override;
  grpc::Status UpdateProcedureTemplate(grpc::ServerContext* context,
                                       const v1::UpdateProcedureTemplateRequest* request,
                                       v1::ProcedureTemplate* response) override;
  grpc::Status StartProcedure(grpc::ServerContext* context,
                              const v1::StartProcedureRequest* request,
                              v1::Procedure* response) override;
  grpc::Status AdvanceProcedure(grpc::ServerContext* context,
                                const v1::AdvanceProcedureRequest* request,
                                v1::Procedure* response) override;
  grpc::Status StopProcedure(grpc::ServerContext* context, const v1::StopProcedureRequest* request,
                             v1::Procedure* response) override;
  grpc::Status GetProcedure(grpc::ServerContext* context, const v1::GetProcedureRequest* request,
                            v1::Procedure* response) override;
  grpc::Status ListProcedures(grpc::ServerContext* context,
                              const v1::ListProceduresRequest* request,
                              v1::ListProceduresResponse* response) override;

 private:
  absl::StatusOr<v1::ListProceduresResponse> List(const api::Call& call,
                                                  const v1::ListProceduresRequest& request);

  rpc::Handler handler_;
  db::Pool& pool_;
  ProcedureStore& procedures_;
};

}  // namespace jinhuan::meeting
