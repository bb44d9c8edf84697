#pragma once

#include "alliance-svc/domain/password_hasher.h"
#include "alliance-svc/rpc/account_options.h"
#include "alliance-svc/storage/stores.h"
#include "jinhuan/alliance/v1/user_service.grpc.pb.h"
#include "platform/rpc/handler.h"

namespace jinhuan::alliance {

// See user_service.proto. No password is hashed inside a transaction. Thread-safe.
class UserService final : public v1::UserService::Service {
 public:
  // All must outlive it.
  UserService(const rpc::Runtime& runtime, db::Pool& pool, const Stores& stores,
              PasswordHasher& hasher, const AccountOptions& options);

  // In user_service.cc.
  grpc::Status CreateUser(grpc::ServerContext* context, const v1::CreateUserRequest* request,
                          v1::User* response) override;
  grpc::Status GetUser(grpc::ServerContext* context, const v1::GetUserRequest* request,
                       v1::User* response) override;
  grpc::Status ListUsers(grpc::ServerContext* context, const v1::ListUsersRequest* request,
                         v1::ListUsersResponse* response) override;
  grpc::Status UpdateUser(grpc::ServerContext* context, const v1::UpdateUserRequest* request,
                          v1::User* response) override;

  // In user_service_access.cc: who gets in, and as what.
  grpc::Status DisableUser(grpc::ServerContext* context, const v1::DisableUserRequest* request,
                           v1::User* response) override;
  grpc::Status EnableUser(grpc::ServerContext* context, const v1::EnableUserRequest* request,
                          v1::User* response) override;
  grpc::Status ResetPassword(grpc::ServerContext* context, const v1::ResetPasswordRequest* request,
                             v1::User* response) override;
  grpc::Status GrantRole(grpc::ServerContext* context, const v1::GrantRoleRequest* request,
                         v1::User* response) override;
  grpc::Status RevokeRole(grpc::ServerContext* context, const v1::RevokeRoleRequest* request,
                          v1::User* response) override;

  // In user_service_personal.cc.
  grpc::Status RevealPhone(grpc::ServerContext* context, const v1::RevealPhoneRequest* request,
                           v1::RevealPhoneResponse* response) override;
  grpc::Status ExportPersonalData(grpc::ServerContext* context,
                                  const v1::ExportPersonalDataRequest* request,
                                  v1::ExportPersonalDataResponse* response) override;
  grpc::Status ErasePersonalData(grpc::ServerContext* context,
                                 const v1::ErasePersonalDataRequest* request,
                                 v1::User* response) override;

  // In user_service_systems.cc.
  grpc::Status CreateServiceAccount(grpc::ServerContext* context,
                                    const v1::CreateServiceAccountRequest* request,
                                    v1::CreateServiceAccountResponse* response) override;
  grpc::Status ListServiceAccounts(grpc::ServerContext* context,
                                   const v1::ListServiceAccountsRequest* request,
                                   v1::ListServiceAccountsResponse* response) override;
  grpc::Status RotateServiceAccountSecret(
      grpc::ServerContext* context, const v1::RotateServiceAccountSecretRequest* request,
      v1::RotateServiceAccountSecretResponse* response) override;
  grpc::Status SetServiceAccountScopes(grpc::ServerContext* context,
                                       const v1::SetServiceAccountScopesRequest* request,
                                       v1::ServiceAccount* response) override;
  grpc::Status SetServiceAccountCertificate(grpc::ServerContext* context,
                                            const v1::SetServiceAccountCertificateRequest* request,
                                            v1::ServiceAccount* response) override;
  grpc::Status DisableServiceAccount(grpc::ServerContext* context,
                                     const v1::DisableServiceAccountRequest* request,
                                     v1::ServiceAccount* response) override;

 private:
  // A request with a password as api::Write may remember it: by a fast hash of a
  // request the password could be guessed, so its slow hash stands in its place.
  template <class Request>
  absl::StatusOr<Request> Rememberable(const api::Call& call, const Request& request) {
    Request remembered = request;
    if (request.request_id().empty()) return remembered;
    absl::StatusOr<std::string> digest =
        hasher_.Digest(request.password(), request.request_id(), call.deadline);
    if (!digest.ok()) return std::move(digest).status();
    remembered.set_password(*std::move(digest));
    return remembered;
  }
  absl::StatusOr<std::string> LoginOf(const api::Call& call, const std::string& name);
  absl::Status RequireAnotherOfEachRole(db::Connection& connection, const v1::User& user) const;

  rpc::Handler handler_;
  db::Pool& pool_;
  IdSource& ids_;
  const Stores& stores_;
  PasswordHasher& hasher_;
  const AccountOptions& options_;
};

// FAILED_PRECONDITION / STATE_WRONG for an account that is erased.
absl::Status CheckNotErased(const v1::User& user);

}  // namespace jinhuan::alliance
