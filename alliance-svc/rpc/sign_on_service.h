#pragma once

#include <string>

#include "alliance-svc/rpc/account_options.h"
#include "alliance-svc/rpc/sign_on_provider.h"
#include "alliance-svc/storage/stores.h"
#include "jinhuan/alliance/v1/sign_on_service.grpc.pb.h"
#include "platform/rpc/handler.h"

namespace jinhuan::alliance {

// See sign_on_service.proto. The provider is never asked inside a transaction.
// Thread-safe.
class SignOnService final : public v1::SignOnService::Service {
 public:
  // All must outlive it. `provider` may be null: then there is none.
  SignOnService(const rpc::Runtime& runtime, db::Pool& pool, const Stores& stores,
                const AccountOptions& options, SignOnProvider* provider);

  grpc::Status GetSignOnProvider(grpc::ServerContext* context,
                                 const v1::GetSignOnProviderRequest* request,
                                 v1::SignOnProvider* response) override;
  grpc::Status BeginSignOn(grpc::ServerContext* context, const v1::BeginSignOnRequest* request,
                           v1::BeginSignOnResponse* response) override;
  grpc::Status FinishSignOn(grpc::ServerContext* context, const v1::FinishSignOnRequest* request,
                            v1::Session* response) override;
  grpc::Status LinkSignOn(grpc::ServerContext* context, const v1::LinkSignOnRequest* request,
                          v1::SignOnLink* response) override;
  grpc::Status GetSignOnLink(grpc::ServerContext* context, const v1::GetSignOnLinkRequest* request,
                             v1::SignOnLink* response) override;
  grpc::Status UnlinkSignOn(grpc::ServerContext* context, const v1::UnlinkSignOnRequest* request,
                            v1::UnlinkSignOnResponse* response) override;

 private:
  // Who came back with what FinishSignOn and LinkSignOn are given.
  template <class Request>
  absl::StatusOr<SignOnIdentity> IdentityFor(const api::Call& call, const Request& request);
  absl::Status Spend(const api::Call& call, const std::string& ticket_hash, absl::Time expire_time);
  absl::StatusOr<v1::Session> OpenSession(const api::Call& call, const SignOnIdentity& identity,
                                          const std::string& token);

  rpc::Handler handler_;
  db::Pool& pool_;
  IdSource& ids_;
  const Stores& stores_;
  const AccountOptions& options_;
  SignOnProvider* const provider_;
};

}  // namespace jinhuan::alliance
