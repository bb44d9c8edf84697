#pragma once

#include "jinhuan/meeting/v1/request_service.grpc.pb.h"
#include "meeting-svc/storage/alliance_store.h"
#include "meeting-svc/storage/dispatch_table_store.h"
#include "meeting-svc/storage/request_store.h"
#include "meeting-svc/storage/topic_store.h"
#include "platform/db/pool.h"
#include "platform/rpc/handler.h"

namespace jinhuan::meeting {

// Serves jinhuan.meeting.v1.RequestService, as request_service.proto states it.
// Thread-safe.
class RequestService final : public v1::RequestService::Service {
 public:
  struct Deps {
    db::Pool& pool;
    AllianceStore& alliances;
    RequestStore& requests;
    DispatchTableStore& tables;
    TopicStore& topics;
  };
  RequestService(const rpc::Runtime& runtime, const Deps& deps)
      : handler_(runtime, v1::RequestService::service_full_name()), deps_(deps) {}

  grpc::Status CreateRequest(grpc::ServerContext* context, const v1::CreateRequestRequest* request,
                             v1::Request* response) override;
  grpc::Status GetRequest(grpc::ServerContext* context, const v1::GetRequestRequest* request,
                          v1::Request* response) override;
  grpc::Status ListRequests(grpc::ServerContext* context, const v1::ListRequestsRequest* request,
                            v1::ListRequestsResponse* response) override;
  grpc::Status ExportRequests(grpc::ServerContext* context,
                              const v1::ExportRequestsRequest* request,
                              v1::ExportRequestsResponse* response) override;
  grpc::Status GetRequestPhoto(grpc::ServerContext* context,
                               const v1::GetRequestPhotoRequest* request,
                               v1::RequestPhoto* response) override;
  grpc::Status DispatchRequest(grpc::ServerContext* context,
                               const v1::DispatchRequestRequest* request,
                               v1::Request* response) override;
  grpc::Status StartRequest(grpc::ServerContext* context, const v1::StartRequestRequest* request,
                            v1::Request* response) override;
  grpc::Status ReopenRequest(grpc::ServerContext* context, const v1::ReopenRequestRequest* request,
                             v1::Request* response) override;
  grpc::Status ResolveRequest(grpc::ServerContext* context,
                              const v1::ResolveRequestRequest* request,
                              v1::Request* response) override;
  grpc::Status RateRequest(grpc::ServerContext* context, const v1::RateRequestRequest* request,
                           v1::Request* response) override;
  grpc::Status EscalateRequest(grpc::ServerContext* context,
                               const v1::EscalateRequestRequest* request,
                               v1::Topic* response) override;
  grpc::Status MergeRequests(grpc::ServerContext* context, const v1::MergeRequestsRequest* request,
                             v1::Request* response) override;
  grpc::Status SplitRequest(grpc::ServerContext* context, const v1::SplitRequestRequest* request,
                            v1::Request* response) override;
  grpc::Status ListMergedRequests(grpc::ServerContext* context,
                                  const v1::ListMergedRequestsRequest* request,
                                  v1::ListMergedRequestsResponse* response) override;
  grpc::Status ListSimilarRequests(grpc::ServerContext* context,
                                   const v1::ListSimilarRequestsRequest* request,
                                   v1::ListSimilarRequestsResponse* response) override;
  grpc::Status IngestAlert(grpc::ServerContext* context, const v1::IngestAlertRequest* request,
                           v1::IngestAlertResponse* response) override;
  grpc::Status GetDispatchTable(grpc::ServerContext* context,
                                const v1::GetDispatchTableRequest* request,
                                v1::DispatchTable* response) override;
  grpc::Status UpdateDispatchTable(grpc::ServerContext* context,
                                   const v1::UpdateDispatchTableRequest* request,
                                   v1::DispatchTable* response) override;

 private:
  // A request that came in, classified where it says what it is about.
  absl::StatusOr<v1::Request> Known(db::Connection& connection, const api::Call& call,
                                    const std::string& alliance, v1::Request request,
                                    v1::RequestStep::Actor actor);
  // The same, and dispatched as far as the table knows.
  absl::StatusOr<v1::Request> TakenIn(db::Connection& connection, const api::Call& call,
                                      const std::string& alliance, v1::Request request,
                                      v1::RequestStep::Actor actor);
  absl::StatusOr<v1::Request> WithClock(db::Connection& connection, v1::Request request);
  // Reads a request that the caller may see.
  absl::StatusOr<RequestStore::Stored> Seen(db::Connection& connection, const api::Call& call,
                                            const std::string& name);
  // The request as the caller sees it: a merged one with the progress of the other.
  absl::StatusOr<v1::Request> Shown(db::Connection& connection, const api::Call& call,
                                    const v1::Request& request, const std::string& reporter);
  // What a list shows of each.
  absl::StatusOr<std::vector<v1::Request>> Listed(db::Connection& connection, const api::Call& call,
                                                  const std::vector<RequestStore::Stored>& found);
  // Stores what is merged into `into`, which is open, and how many reported it then; what was
  // merged into those moves along. `into` is then as it is after it.
  absl::Status MergeInto(db::Connection& connection, const api::Call& call,
                         const std::vector<RequestStore::Stored>& others, std::string_view reason,
                         RequestStore::Stored& into);
  // What was merged into the request.
  absl::StatusOr<std::vector<RequestStore::Stored>> MergedOf(db::Connection& connection,
                                                             const v1::Request& request);
  // A request that is reported as the same as `into`: it goes on in that one.
  absl::StatusOr<v1::Request> MeToo(db::Connection& connection, const api::Call& call,
                                    v1::Request request, const std::string& into);
  // Takes a request a step on: `step` gives it after the step.
  using Step = absl::FunctionRef<absl::StatusOr<v1::Request>(db::Connection&, v1::Request)>;
  absl::StatusOr<v1::Request> Change(const api::Call& call,
                                     const google::protobuf::Message& message,
                                     const std::string& name, std::string_view reason, Step step);

  absl::StatusOr<v1::Request> Create(const api::Call& call,
                                     const v1::CreateRequestRequest& request);
  absl::StatusOr<v1::ListRequestsResponse> List(const api::Call& call,
                                                const v1::ListRequestsRequest& request);
  absl::StatusOr<v1::ExportRequestsResponse> Export(const api::Call& call,
                                                    const v1::ExportRequestsRequest& request);
  absl::StatusOr<v1::Request> Dispatch(const api::Call& call,
                                       const v1::DispatchRequestRequest& request);
  absl::StatusOr<v1::Request> Reopen(const api::Call& call,
                                     const v1::ReopenRequestRequest& request);
  absl::StatusOr<v1::Request> Resolve(const api::Call& call,
                                      const v1::ResolveRequestRequest& request);
  absl::StatusOr<v1::Topic> Escalate(const api::Call& call,
                                     const v1::EscalateRequestRequest& request);
  absl::StatusOr<v1::Request> Merge(const api::Call& call, const v1::MergeRequestsRequest& request);
  absl::StatusOr<v1::Request> SplitOff(const api::Call& call,
                                       const v1::SplitRequestRequest& request);
  absl::StatusOr<v1::ListMergedRequestsResponse> ListMerged(
      const api::Call& call, const v1::ListMergedRequestsRequest& request);
  absl::StatusOr<v1::ListSimilarRequestsResponse> ListSimilar(
      const api::Call& call, const v1::ListSimilarRequestsRequest& request);
  absl::StatusOr<v1::IngestAlertResponse> Ingest(const api::Call& call,
                                                 const v1::IngestAlertRequest& request);
  absl::StatusOr<v1::DispatchTable> PutTable(const api::Call& call,
                                             const v1::UpdateDispatchTableRequest& request);

  rpc::Handler handler_;
  const Deps deps_;
};

}  // namespace jinhuan::meeting
