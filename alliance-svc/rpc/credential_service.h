#pragma once

#include "alliance-svc/storage/credential_store.h"
#include "jinhuan/auth/v1/credential_service.grpc.pb.h"
#include "platform/rpc/handler.h"

namespace jinhuan::alliance {

// See credential_service.proto. Thread-safe.
class CredentialService final : public auth::v1::CredentialService::Service {
 public:
  CredentialService(const rpc::Runtime& runtime, db::Pool& pool, const CredentialStore& store)
      : handler_(runtime, auth::v1::CredentialService::service_full_name()),
        pool_(pool),
        store_(store) {}

  grpc::Status ResolveCredential(grpc::ServerContext* context,
                                 const auth::v1::ResolveCredentialRequest* request,
                                 auth::v1::ResolveCredentialResponse* response) override;

 private:
  rpc::Handler handler_;
  db::Pool& pool_;
  const CredentialStore& store_;
};

}  // namespace jinhuan::alliance
