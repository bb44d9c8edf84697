#include "alliance-svc/rpc/auth_service.h"

#include <sodium.h>

#include <algorithm>

#include "alliance-svc/domain/account_rules.h"
#include "alliance-svc/domain/credential_hash.h"
#include "alliance-svc/rpc/session_message.h"
#include "alliance-svc/storage/names.h"
#include "jinhuan/alliance/v1/error_reason.pb.h"
#include "platform/api/resource_name.h"
#include "platform/api/time.h"
#include "platform/api/write.h"
#include "platform/client_source.h"
#include "platform/id.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

constexpr size_t kTokenBytes = 32;

absl::Status SignInRequired() { return Error(error::v1::COMMON_REASON_SIGN_IN_REQUIRED); }
absl::Status PasswordWrong() { return Error(v1::ERROR_REASON_PASSWORD_WRONG); }
absl::Status SecretWrong() { return Error(v1::ERROR_REASON_CLIENT_SECRET_WRONG); }

SignInAttempt AttemptOf(const api::Call& call, const std::string& login) {
  return {.login = login, .source = SourceOf(call.address)};
}

bool SameSecret(const std::string& hash, const std::string& stored) {
  return hash.size() == stored.size() &&
         sodium_memcmp(hash.data(), stored.data(), stored.size()) == 0;
}

}  // namespace

AuthService::AuthService(const rpc::Runtime& runtime, db::Pool& pool, const Stores& stores,
                         PasswordHasher& hasher, const AccountOptions& options)
    : handler_(runtime, v1::AuthService::service_full_name()),
      pool_(pool),
      stores_(stores),
      hasher_(hasher),
      options_(options) {}

grpc::Status AuthService::SignIn(grpc::ServerContext* context, const v1::SignInRequest* request,
                                 v1::SignInResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::SignInResponse> {
        JH_ASSIGN_OR_RETURN(const SignInAccount account, VerifyPassword(call, *request));
        const std::string token = RandomToken(kTokenBytes);
        v1::SignInResponse answer;
        JH_ASSIGN_OR_RETURN(*answer.mutable_session(), OpenSession(call, *request, account, token));
        if (request->delivery() == v1::SESSION_DELIVERY_BODY) {
          answer.set_session_token(token);
        } else {
          context->AddInitialMetadata(kSessionMetadata, token);
        }
        return answer;
      });
}

grpc::Status AuthService::SignOut(grpc::ServerContext* context, const v1::SignOutRequest* request,
                                  v1::SignOutResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::SignOutResponse> {
        if (call.credential_id.empty()) return SignInRequired();
        v1::SignOutResponse answer;
        JH_RETURN_IF_ERROR(
            api::Write(pool_, call, *request, answer, [&](db::Connection& connection) {
              return stores_.credentials.Revoke(connection, call, call.credential_id);
            }));
        context->AddInitialMetadata(kSessionMetadata, "");
        return answer;
      });
}

grpc::Status AuthService::GetSession(grpc::ServerContext* context,
                                     const v1::GetSessionRequest* request, v1::Session* response) {
  return handler_.Unary(*context, __func__, *request, *response,
                        [&](const api::Call& call) -> absl::StatusOr<v1::Session> {
                          if (call.credential_id.empty()) {  // a client certificate alone
                            ResolvedCredential system;
                            system.caller = call.caller;
                            return SessionOf(std::move(system), options_.passwords);
                          }
                          JH_ASSIGN_OR_RETURN(
                              ResolvedCredential resolved,
                              db::ReadSnapshot<ResolvedCredential>(
                                  pool_, call.deadline, [&](db::Connection& connection) {
                                    return stores_.credentials.Resolve(
                                        connection, call.credential_id, call.now);
                                  }));
                          return SessionOf(std::move(resolved), options_.passwords);
                        });
}

grpc::Status AuthService::IssueToken(grpc::ServerContext* context,
                                     const v1::IssueTokenRequest* request,
                                     v1::IssueTokenResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::IssueTokenResponse> {
        const std::string& client_id = request->client_id();
        const std::string secret_hash = CredentialHash(request->client_secret());
        JH_RETURN_IF_ERROR(VerifySecret(call, client_id, secret_hash));
        v1::IssueTokenResponse answer;
        answer.set_access_token(RandomToken(kTokenBytes));
        *answer.mutable_expire_time() = api::ToProto(call.now + kTokenLife);
        JH_RETURN_IF_ERROR(api::Write(
            pool_, call, *request, answer, [&](db::Connection& connection) -> absl::Status {
              JH_ASSIGN_OR_RETURN(const bool current,
                                  stores_.service_accounts.CountToken(connection, client_id,
                                                                      secret_hash, call.now));
              if (!current) return SecretWrong();
              return stores_.credentials.Open(connection, call, ServiceAccountName(client_id),
                                              CredentialHash(answer.access_token()),
                                              call.now + kTokenLife);
            }));
        return answer;
      });
}

absl::Status AuthService::VerifySecret(const api::Call& call, const std::string& client_id,
                                       const std::string& secret_hash) {
  if (!api::IsNameSegment(client_id)) return SecretWrong();
  JH_ASSIGN_OR_RETURN(const SecretHashes stored,
                      db::Read<SecretHashes>(pool_, call.deadline, [&](db::Connection& connection) {
                        return stores_.service_accounts.FindSecretHashes(connection, client_id,
                                                                         call.now);
                      }));
  const auto is_given = [&](const std::string& hash) { return SameSecret(secret_hash, hash); };
  if (std::any_of(stored.good.begin(), stored.good.end(), is_given)) return absl::OkStatus();
  return is_given(stored.waiting) ? Error(v1::ERROR_REASON_SERVICE_ACCOUNT_WAITING) : SecretWrong();
}

absl::StatusOr<SignInAccount> AuthService::VerifyPassword(const api::Call& call,
                                                          const v1::SignInRequest& request) {
  std::optional<SignInAccount> account;
  const bool possible = IsLogin(request.login());  // else nobody has it, nor ever will
  if (possible) {
    JH_RETURN_IF_ERROR(
        db::Read(pool_, call.deadline, [&](db::Connection& connection) -> absl::Status {
          JH_RETURN_IF_ERROR(stores_.sign_in_failures.CheckAllowed(
              connection, AttemptOf(call, request.login()), call.now));
          JH_ASSIGN_OR_RETURN(account, stores_.passwords.FindByLogin(connection, request.login()));
          return absl::OkStatus();
        }));
  }
  const bool active = account.has_value() && account->active;
  JH_ASSIGN_OR_RETURN(const bool right, hasher_.Verify(active ? account->password_hash : "",
                                                       request.password(), call.deadline));
  if (right) return *std::move(account);
  return possible ? WrongPassword(call, request.login(), account) : PasswordWrong();
}

absl::StatusOr<v1::Session> AuthService::OpenSession(const api::Call& call,
                                                     const v1::SignInRequest& request,
                                                     const SignInAccount& account,
                                                     const std::string& token) {
  const std::string credential_id = CredentialHash(token);
  return api::Write<v1::Session>(
      pool_, call, request, [&](db::Connection& connection) -> absl::StatusOr<v1::Session> {
        JH_RETURN_IF_ERROR(stores_.sign_in_failures.Forgive(
            connection, AttemptOf(call, request.login()), call.now));
        JH_ASSIGN_OR_RETURN(const bool current,
                            stores_.passwords.CountSignIn(connection, account, call.now));
        if (!current) return PasswordWrong();
        JH_RETURN_IF_ERROR(stores_.credentials.Open(connection, call, UserName(account.user_id),
                                                    credential_id,
                                                    call.now + options_.session_life));
        JH_ASSIGN_OR_RETURN(ResolvedCredential resolved,
                            stores_.credentials.Resolve(connection, credential_id, call.now));
        return SessionOf(std::move(resolved), options_.passwords);
      });
}

absl::Status AuthService::WrongPassword(const api::Call& call, const std::string& login,
                                        const std::optional<SignInAccount>& account) {
  const std::string name = account.has_value() ? UserName(account->user_id) : "";
  JH_RETURN_IF_ERROR(db::InTransaction(pool_, call.deadline, [&](db::Connection& connection) {
    return stores_.sign_in_failures.CountWrong(connection, call, AttemptOf(call, login), name);
  }));
  return PasswordWrong();
}

}  // namespace jinhuan::alliance
