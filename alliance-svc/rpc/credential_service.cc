#include "alliance-svc/rpc/credential_service.h"

#include "alliance-svc/domain/credential_hash.h"
#include "platform/api/time.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {

grpc::Status CredentialService::ResolveCredential(grpc::ServerContext* context,
                                                  const auth::v1::ResolveCredentialRequest* request,
                                                  auth::v1::ResolveCredentialResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<auth::v1::ResolveCredentialResponse> {
        const bool by_certificate = request->credential().empty();
        const std::vector<std::string> names(request->certificate_names().begin(),
                                             request->certificate_names().end());
        JH_ASSIGN_OR_RETURN(ResolvedCredential resolved,
                            db::ReadSnapshot<ResolvedCredential>(
                                pool_, call.deadline, [&](db::Connection& connection) {
                                  return by_certificate
                                             ? store_.ResolveCertificate(connection, names)
                                             : store_.Resolve(connection,
                                                              CredentialHash(request->credential()),
                                                              call.now);
                                }));
        auth::v1::ResolveCredentialResponse answer;
        *answer.mutable_caller() = std::move(resolved.caller);
        answer.set_certificate_name(resolved.certificate_name);
        if (!by_certificate) *answer.mutable_expire_time() = api::ToProto(resolved.expire_time);
        return answer;
      });
}

}  // namespace jinhuan::alliance
