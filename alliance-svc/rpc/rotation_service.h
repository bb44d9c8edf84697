#pragma once

#include <string>

#include "alliance-svc/rpc/rotation_explainer.h"
#include "alliance-svc/storage/stores.h"
#include "jinhuan/alliance/v1/rotation_service.grpc.pb.h"
#include "platform/rpc/handler.h"

namespace jinhuan::alliance {

// See rotation_service.proto. Thread-safe.
class RotationService final : public v1::RotationService::Service {
 public:
  RotationService(const rpc::Runtime& runtime, db::Pool& pool, const Stores& stores);

  // Plans, in rotation_service.cc.
  grpc::Status GetRotation(grpc::ServerContext* context, const v1::GetRotationRequest* request,
                           v1::Rotation* response) override;
  grpc::Status PlanRotation(grpc::ServerContext* context, const v1::PlanRotationRequest* request,
                            v1::RotationPlan* response) override;
  grpc::Status PublishRotation(grpc::ServerContext* context,
                               const v1::PublishRotationRequest* request,
                               v1::Rotation* response) override;
  grpc::Status ExplainChairTerm(grpc::ServerContext* context,
                                const v1::ExplainChairTermRequest* request,
                                v1::Explanation* response) override;

  // Terms and who acts in them, in rotation_service_terms.cc.
  grpc::Status GetChairTerm(grpc::ServerContext* context, const v1::GetChairTermRequest* request,
                            v1::ChairTerm* response) override;
  grpc::Status ListChairTerms(grpc::ServerContext* context,
                              const v1::ListChairTermsRequest* request,
                              v1::ListChairTermsResponse* response) override;
  grpc::Status GetActingChair(grpc::ServerContext* context,
                              const v1::GetActingChairRequest* request,
                              v1::ActingChair* response) override;
  grpc::Status AssignStandIn(grpc::ServerContext* context, const v1::AssignStandInRequest* request,
                             v1::ChairTerm* response) override;

  // What units declare, in rotation_service_declarations.cc.
  grpc::Status DeclareUnavailability(grpc::ServerContext* context,
                                     const v1::DeclareUnavailabilityRequest* request,
                                     v1::Unavailability* response) override;
  grpc::Status CancelUnavailability(grpc::ServerContext* context,
                                    const v1::CancelUnavailabilityRequest* request,
                                    v1::Unavailability* response) override;
  grpc::Status ListUnavailabilities(grpc::ServerContext* context,
                                    const v1::ListUnavailabilitiesRequest* request,
                                    v1::ListUnavailabilitiesResponse* response) override;
  grpc::Status WaiveTurn(grpc::ServerContext* context, const v1::WaiveTurnRequest* request,
                         v1::Waiver* response) override;

  // Exchanges, in rotation_service_swaps.cc.
  grpc::Status ProposeSwap(grpc::ServerContext* context, const v1::ProposeSwapRequest* request,
                           v1::TermSwap* response) override;
  grpc::Status AnswerSwap(grpc::ServerContext* context, const v1::AnswerSwapRequest* request,
                          v1::TermSwap* response) override;
  grpc::Status ApproveSwap(grpc::ServerContext* context, const v1::ApproveSwapRequest* request,
                           v1::TermSwap* response) override;
  grpc::Status GetSwap(grpc::ServerContext* context, const v1::GetSwapRequest* request,
                       v1::TermSwap* response) override;
  grpc::Status ListSwaps(grpc::ServerContext* context, const v1::ListSwapsRequest* request,
                         v1::ListSwapsResponse* response) override;

 private:
  // The record of an alliance at call.now, for reads; its seed's commitment exists. With
  // `draft`, the draft of that record too, if there is one.
  absl::StatusOr<chair::Record> Read(const api::Call& call, const std::string& alliance,
                                     std::optional<internal::v1::StoredPlan>* draft = nullptr);
  absl::StatusOr<v1::RotationPlan> KeepDraft(db::Connection& connection, const api::Call& call,
                                             const v1::PlanRotationRequest& request,
                                             internal::v1::StoredPlan draft);
  absl::StatusOr<v1::Rotation> Publish(db::Connection& connection, const api::Call& call,
                                       const v1::PublishRotationRequest& request);
  absl::StatusOr<v1::Unavailability> Declare(db::Connection& connection, const api::Call& call,
                                             v1::Unavailability declared);
  absl::StatusOr<v1::Unavailability> Cancel(db::Connection& connection, const api::Call& call,
                                            const std::string& name);
  absl::StatusOr<v1::Waiver> Waive(db::Connection& connection, const api::Call& call,
                                   const v1::WaiveTurnRequest& request, const std::string& member);

  rpc::Handler handler_;
  db::Pool& pool_;
  IdSource& ids_;
  const Stores& stores_;
  const RotationRecordStore& rotations_;
  RotationExplainer explainer_;
};

}  // namespace jinhuan::alliance
