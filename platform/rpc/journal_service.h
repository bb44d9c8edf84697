#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/sync_stream.h>

#include "platform/journal/journal.h"
#include "platform/rpc/handler.h"
#include "platform/rpc/kinds.h"

namespace jinhuan::rpc {

// What the JournalService of each service answers; see journal_service.proto.
absl::StatusOr<journal::v1::ListEntriesResponse> ListEntries(
    journal::Journal& journal, const Kinds& kinds, const api::Call& call,
    const journal::v1::ListEntriesRequest& request);
absl::Status WatchEntries(journal::Journal& journal, const Kinds& kinds, const api::Call& call,
                          const journal::v1::WatchEntriesRequest& request,
                          const grpc::ServerContext& context,
                          grpc::ServerWriterInterface<journal::v1::WatchEntriesResponse>& writer);
absl::StatusOr<journal::v1::Bundle> ExportBundle(journal::Journal& journal, const api::Call& call,
                                                 const journal::v1::ExportBundleRequest& request);

// Serves the journal as `Generated` (jinhuan::alliance::v1::JournalService).
template <class Generated>
class JournalServiceOf final : public Generated::Service {
 public:
  JournalServiceOf(const Runtime& runtime, journal::Journal& journal)
      : handler_(runtime, Generated::service_full_name()),
        journal_(journal),
        kinds_({Package(Generated::service_full_name())}) {}

  grpc::Status ListEntries(grpc::ServerContext* context,
                           const journal::v1::ListEntriesRequest* request,
                           journal::v1::ListEntriesResponse* response) override {
    return handler_.Unary(*context, __func__, *request, *response, [&](const api::Call& call) {
      return rpc::ListEntries(journal_, kinds_, call, *request);
    });
  }
  grpc::Status WatchEntries(
      grpc::ServerContext* context, const journal::v1::WatchEntriesRequest* request,
      grpc::ServerWriter<journal::v1::WatchEntriesResponse>* writer) override {
    return handler_.Stream(*context, __func__, *request, [&](const api::Call& call) {
      return rpc::WatchEntries(journal_, kinds_, call, *request, *context, *writer);
    });
  }
  grpc::Status GetCheckpoint(grpc::ServerContext* context,
                             const journal::v1::GetCheckpointRequest* request,
                             journal::v1::Checkpoint* response) override {
    return handler_.Unary(*context, __func__, *request, *response, [&](const api::Call& call) {
      return journal_.proofs().GetCheckpoint(*request, call.deadline);
    });
  }
  grpc::Status GetInclusionProof(grpc::ServerContext* context,
                                 const journal::v1::GetInclusionProofRequest* request,
                                 journal::v1::InclusionProof* response) override {
    return handler_.Unary(*context, __func__, *request, *response, [&](const api::Call& call) {
      return journal_.proofs().GetInclusionProof(*request, call.deadline);
    });
  }
  grpc::Status GetConsistencyProof(grpc::ServerContext* context,
                                   const journal::v1::GetConsistencyProofRequest* request,
                                   journal::v1::ConsistencyProof* response) override {
    return handler_.Unary(*context, __func__, *request, *response, [&](const api::Call& call) {
      return journal_.proofs().GetConsistencyProof(*request, call.deadline);
    });
  }
  grpc::Status AddCosignature(grpc::ServerContext* context,
                              const journal::v1::AddCosignatureRequest* request,
                              journal::v1::Checkpoint* response) override {
    return handler_.Unary(*context, __func__, *request, *response, [&](const api::Call& call) {
      return journal_.proofs().AddCosignature(*request, call.deadline);
    });
  }
  grpc::Status ExportBundle(grpc::ServerContext* context,
                            const journal::v1::ExportBundleRequest* request,
                            journal::v1::Bundle* response) override {
    return handler_.Unary(*context, __func__, *request, *response, [&](const api::Call& call) {
      return rpc::ExportBundle(journal_, call, *request);
    });
  }

 private:
  static std::string Package(const std::string& service) {
    return service.substr(0, service.rfind('.'));
  }

  Handler handler_;
  journal::Journal& journal_;
  const Kinds kinds_;
};

}  // namespace jinhuan::rpc
