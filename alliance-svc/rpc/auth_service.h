#pragma once

#include <optional>
#include <string>

#include "absl/time/time.h"
#include "alliance-svc/domain/password_hasher.h"
#include "alliance-svc/rpc/account_options.h"
#include "alliance-svc/storage/stores.h"
#include "jinhuan/alliance/v1/auth_service.grpc.pb.h"
#include "platform/rpc/handler.h"

namespace jinhuan::alliance {

// The initial metadata in which a new session travels to the gateway, which makes
// a cookie of it; an empty value clears the cookie.
inline constexpr char kSessionMetadata[] = "jinhuan-session";

// How long bearer tokens of service accounts last.
inline constexpr absl::Duration kTokenLife = absl::Hours(1);

// See auth_service.proto. Tokens are 256 random bits, kept as their
// CredentialHash alone. No password is hashed inside a transaction. Thread-safe.
class AuthService final : public v1::AuthService::Service {
 public:
  // All must outlive it.
  AuthService(const rpc::Runtime& runtime, db::Pool& pool, const Stores& stores,
              PasswordHasher& hasher, const AccountOptions& options);

  // In auth_service.cc.
  grpc::Status SignIn(grpc::ServerContext* context, const v1::SignInRequest* request,
                      v1::SignInResponse* response) override;
  grpc::Status SignOut(grpc::ServerContext* context, const v1::SignOutRequest* request,
                       v1::SignOutResponse* response) override;
  grpc::Status GetSession(grpc::ServerContext* context, const v1::GetSessionRequest* request,
                          v1::Session* response) override;
  grpc::Status IssueToken(grpc::ServerContext* context, const v1::IssueTokenRequest* request,
                          v1::IssueTokenResponse* response) override;

  // In auth_service_password.cc.
  grpc::Status ChangePassword(grpc::ServerContext* context,
                              const v1::ChangePasswordRequest* request,
                              v1::ChangePasswordResponse* response) override;

  // In auth_service_sessions.cc.
  grpc::Status ListSessions(grpc::ServerContext* context, const v1::ListSessionsRequest* request,
                            v1::ListSessionsResponse* response) override;
  grpc::Status RevokeSession(grpc::ServerContext* context, const v1::RevokeSessionRequest* request,
                             v1::RevokeSessionResponse* response) override;

 private:
  // UNAUTHENTICATED / CLIENT_SECRET_WRONG; FAILED_PRECONDITION / SERVICE_ACCOUNT_WAITING.
  absl::Status VerifySecret(const api::Call& call, const std::string& client_id,
                            const std::string& secret_hash);
  absl::StatusOr<SignInAccount> VerifyPassword(const api::Call& call,
                                               const v1::SignInRequest& request);
  absl::StatusOr<v1::Session> OpenSession(const api::Call& call, const v1::SignInRequest& request,
                                          const SignInAccount& account, const std::string& token);
  // Counts a wrong password; PASSWORD_WRONG, or RATE_LIMITED when it came too
  // late to learn that.
  absl::Status WrongPassword(const api::Call& call, const std::string& login,
                             const std::optional<SignInAccount>& account);

  // The account of the caller; PASSWORD_WRONG for a system, which has none.
  absl::StatusOr<SignInAccount> OwnAccount(const api::Call& call);
  // The hash of the new password, when the old one is right and the new one was not
  // used before.
  absl::StatusOr<std::string> HashNewPassword(const api::Call& call, const SignInAccount& account,
                                              const v1::ChangePasswordRequest& request);
  absl::StatusOr<v1::ChangePasswordRequest> Rememberable(const api::Call& call,
                                                         const v1::ChangePasswordRequest& request);

  rpc::Handler handler_;
  db::Pool& pool_;
  const Stores& stores_;
  PasswordHasher& hasher_;
  const AccountOptions& options_;
};

}  // namespace jinhuan::alliance
