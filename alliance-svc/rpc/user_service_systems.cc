#include "alliance-svc/domain/account_rules.h"
#include "alliance-svc/domain/credential_hash.h"
#include "alliance-svc/domain/service_scopes.h"
#include "alliance-svc/rpc/user_service.h"
#include "alliance-svc/storage/names.h"
#include "platform/api/page.h"
#include "platform/api/resource_name.h"
#include "platform/api/write.h"
#include "platform/id.h"
#include "platform/status/error.h"
#include "platform/status/state_wrong.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

constexpr char kPattern[] = "serviceAccounts/*";
constexpr size_t kSecretBytes = 32;
constexpr int64_t kMaxKeepOldSeconds = 7 * 24 * 3600;

absl::StatusOr<v1::ServiceAccount> NewServiceAccount(const v1::CreateServiceAccountRequest& request,
                                                     IdSource& ids) {
  v1::ServiceAccount account;
  account.set_name(ServiceAccountName(ids.NewId()));
  account.set_display_name(request.service_account().display_name());
  account.set_alliance(request.service_account().alliance());
  *account.mutable_scopes() = request.service_account().scopes();
  account.set_certificate_name(request.service_account().certificate_name());
  Violations violations;
  CheckServiceAccount(account, violations);
  api::MatchName("alliances/*", account.alliance(), "service_account.alliance", violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return account;
}

// Until when the old secret is good; nothing when it ends at once.
absl::StatusOr<std::optional<absl::Time>> OldUntil(
    const v1::RotateServiceAccountSecretRequest& request, absl::Time now) {
  const auto& keep = request.keep_old();
  Violations violations;
  api::MatchName(kPattern, request.name(), "name", violations);
  violations.Check("keep_old",
                   keep.seconds() >= 0 && keep.nanos() >= 0 && keep.nanos() < 1'000'000'000 &&
                       keep.seconds() + (keep.nanos() > 0 ? 1 : 0) <= kMaxKeepOldSeconds,
                   "0 to 7 days", "0 至 7 天");
  JH_RETURN_IF_ERROR(violations.ToStatus());
  const absl::Duration kept = absl::Seconds(keep.seconds()) + absl::Nanoseconds(keep.nanos());
  if (kept <= absl::ZeroDuration()) return std::nullopt;
  return now + kept;
}

absl::Status RequireEnabled(const v1::ServiceAccount& account) {
  return CheckState(account, {v1::ServiceAccount::STATE_ACTIVE, v1::ServiceAccount::STATE_WAITING});
}

std::vector<std::string> SortKey(const v1::ServiceAccount& account) {
  return {account.client_id()};
}

}  // namespace

grpc::Status UserService::CreateServiceAccount(grpc::ServerContext* context,
                                               const v1::CreateServiceAccountRequest* request,
                                               v1::CreateServiceAccountResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::CreateServiceAccountResponse> {
        JH_ASSIGN_OR_RETURN(const v1::ServiceAccount wanted, NewServiceAccount(*request, ids_));
        const std::string secret = RandomToken(kSecretBytes);
        // What is remembered is the account alone. A repetition gets the account
        // that was made the first time, whose secret nobody knows any more.
        v1::CreateServiceAccountResponse answer;
        JH_ASSIGN_OR_RETURN(
            *answer.mutable_service_account(),
            api::Write<v1::ServiceAccount>(
                pool_, call, *request,
                [&](db::Connection& connection) -> absl::StatusOr<v1::ServiceAccount> {
                  JH_RETURN_IF_ERROR(stores_.alliances.Require(connection, wanted.alliance()));
                  return stores_.service_accounts.Insert(connection, call, wanted,
                                                         CredentialHash(secret));
                }));
        if (answer.service_account().name() == wanted.name()) answer.set_client_secret(secret);
        return answer;
      });
}

grpc::Status UserService::ListServiceAccounts(grpc::ServerContext* context,
                                              const v1::ListServiceAccountsRequest* request,
                                              v1::ListServiceAccountsResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::ListServiceAccountsResponse> {
        JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(*request, 1));
        JH_ASSIGN_OR_RETURN(auto rows, db::Read<std::vector<v1::ServiceAccount>>(
                                           pool_, call.deadline, [&](db::Connection& connection) {
                                             return stores_.service_accounts.List(connection, page,
                                                                                  call.now);
                                           }));
        v1::ListServiceAccountsResponse answer;
        answer.set_next_page_token(
            api::FillPage(*request, page, rows, *answer.mutable_service_accounts(), SortKey));
        return answer;
      });
}

grpc::Status UserService::RotateServiceAccountSecret(
    grpc::ServerContext* context, const v1::RotateServiceAccountSecretRequest* request,
    v1::RotateServiceAccountSecretResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::RotateServiceAccountSecretResponse> {
        JH_ASSIGN_OR_RETURN(const auto old_until, OldUntil(*request, call.now));
        const std::string secret = RandomToken(kSecretBytes);
        const std::string hash = CredentialHash(secret);
        // The hash is remembered in place of the secret: by it a repetition, which gets
        // that of another secret, is told from the first time.
        JH_ASSIGN_OR_RETURN(
            v1::RotateServiceAccountSecretResponse answer,
            api::Write<v1::RotateServiceAccountSecretResponse>(
                pool_, call, *request,
                [&](db::Connection& connection)
                    -> absl::StatusOr<v1::RotateServiceAccountSecretResponse> {
                  JH_ASSIGN_OR_RETURN(
                      const StoredServiceAccount before,
                      stores_.service_accounts.Get(connection, request->name(), call.now));
                  JH_RETURN_IF_ERROR(RequireEnabled(before.account));
                  v1::RotateServiceAccountSecretResponse rotated;
                  JH_ASSIGN_OR_RETURN(
                      *rotated.mutable_service_account(),
                      stores_.service_accounts.Rotate(connection, call, before, hash, old_until));
                  if (!old_until.has_value()) {
                    JH_RETURN_IF_ERROR(
                        stores_.credentials.RevokeAll(connection, request->name(), "", call.now)
                            .status());
                  }
                  rotated.set_client_secret(hash);
                  return rotated;
                }));
        answer.set_client_secret(answer.client_secret() == hash ? secret : "");
        return answer;
      });
}

grpc::Status UserService::SetServiceAccountScopes(grpc::ServerContext* context,
                                                  const v1::SetServiceAccountScopesRequest* request,
                                                  v1::ServiceAccount* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::ServiceAccount> {
        Violations violations;
        api::MatchName(kPattern, request->name(), "name", violations);
        CheckScopes("scopes", request->scopes(), violations);
        JH_RETURN_IF_ERROR(violations.ToStatus());
        return api::Write<v1::ServiceAccount>(
            pool_, call, *request,
            [&](db::Connection& connection) -> absl::StatusOr<v1::ServiceAccount> {
              JH_ASSIGN_OR_RETURN(
                  const StoredServiceAccount before,
                  stores_.service_accounts.Get(connection, request->name(), call.now));
              return stores_.service_accounts.SetScopes(connection, call, before,
                                                        request->scopes());
            });
      });
}

grpc::Status UserService::SetServiceAccountCertificate(
    grpc::ServerContext* context, const v1::SetServiceAccountCertificateRequest* request,
    v1::ServiceAccount* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::ServiceAccount> {
        Violations violations;
        api::MatchName(kPattern, request->name(), "name", violations);
        CheckCertificateName("certificate_name", request->certificate_name(), violations);
        JH_RETURN_IF_ERROR(violations.ToStatus());
        return api::Write<v1::ServiceAccount>(
            pool_, call, *request,
            [&](db::Connection& connection) -> absl::StatusOr<v1::ServiceAccount> {
              JH_ASSIGN_OR_RETURN(
                  const StoredServiceAccount before,
                  stores_.service_accounts.Get(connection, request->name(), call.now));
              JH_RETURN_IF_ERROR(RequireEnabled(before.account));
              return stores_.service_accounts.SetCertificate(connection, call, before,
                                                             request->certificate_name());
            });
      });
}

grpc::Status UserService::DisableServiceAccount(grpc::ServerContext* context,
                                                const v1::DisableServiceAccountRequest* request,
                                                v1::ServiceAccount* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::ServiceAccount> {
        Violations violations;
        api::MatchName(kPattern, request->name(), "name", violations);
        CheckReason(request->reason(), violations);
        JH_RETURN_IF_ERROR(violations.ToStatus());
        return api::Write<v1::ServiceAccount>(
            pool_, call, *request,
            [&](db::Connection& connection) -> absl::StatusOr<v1::ServiceAccount> {
              JH_ASSIGN_OR_RETURN(
                  const StoredServiceAccount before,
                  stores_.service_accounts.Get(connection, request->name(), call.now));
              JH_RETURN_IF_ERROR(RequireEnabled(before.account));
              JH_ASSIGN_OR_RETURN(
                  v1::ServiceAccount account,
                  stores_.service_accounts.Disable(connection, call, before, request->reason()));
              JH_RETURN_IF_ERROR(
                  stores_.credentials.RevokeAll(connection, request->name(), "", call.now)
                      .status());
              return account;
            });
      });
}

}  // namespace jinhuan::alliance
