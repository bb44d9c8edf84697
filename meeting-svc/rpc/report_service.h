#pragma once

#include "jinhuan/meeting/v1/report_service.grpc.pb.h"
#include "meeting-svc/storage/alliance_store.h"
#include "meeting-svc/storage/evaluation_store.h"
#include "platform/db/pool.h"
#include "platform/rpc/handler.h"

namespace jinhuan::meeting {

// Serves jinhuan.meeting.v1.ReportService, as report_service.proto states it. Thread-safe.
class ReportService final : public v1::ReportService::Service {
 public:
  ReportService(const rpc::Runtime& runtime, db::Pool& pool, const AllianceStore& alliances,
                const EvaluationStore& evaluations)
      : handler_(runtime, v1::ReportService::service_full_name()),
        pool_(pool),
        alliances_(alliances),
        evaluations_(evaluations) {}

  grpc::Status GetEvaluation(grpc::ServerContext* context, const v1::GetEvaluationRequest* request,
                             v1::GetEvaluationResponse* response) override;
  grpc::Status ExportEvaluation(grpc::ServerContext* context,
                                const v1::ExportEvaluationRequest* request,
                                v1::ExportEvaluationResponse* response) override;

 private:
  absl::StatusOr<v1::GetEvaluationResponse> Evaluate(const api::Call& call,
                                                     const EvaluationQuestion& question);
  absl::StatusOr<v1::ExportEvaluationResponse> File(const api::Call& call,
                                                    const EvaluationQuestion& question);

  rpc::Handler handler_;
  db::Pool& pool_;
  const AllianceStore& alliances_;
  const EvaluationStore& evaluations_;
};

}  // namespace jinhuan::meeting
