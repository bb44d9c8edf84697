#include "alliance-svc/rpc/user_service.h"

#include <algorithm>

#include "alliance-svc/domain/account_rules.h"
#include "alliance-svc/domain/credential_hash.h"
#include "alliance-svc/domain/role_rules.h"
#include "alliance-svc/storage/names.h"
#include "platform/api/page.h"
#include "platform/api/resource_name.h"
#include "platform/api/write.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

constexpr char kPattern[] = "users/*";

absl::StatusOr<v1::User> NewUser(const v1::CreateUserRequest& request, IdSource& ids) {
  v1::User user;
  user.set_name(UserName(ids.NewId()));
  user.set_login(request.user().login());
  user.set_display_name(request.user().display_name());
  user.set_state(v1::User::STATE_ACTIVE);
  Violations violations;
  CheckUser(user, violations);
  CheckPassword("password", request.password(), violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return user;
}

absl::StatusOr<v1::ServiceAccount> NewServiceAccount(const v1::CreateServiceAccountRequest& request,
                                                     IdSource& ids) {
  v1::ServiceAccount account;
  account.set_name(ServiceAccountName(ids.NewId()));
  account.set_display_name(request.service_account().display_name());
  account.set_alliance(request.service_account().alliance());
  Violations violations;
  CheckServiceAccount(account, violations);
  api::MatchName("alliances/*", account.alliance(), "service_account.alliance", violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return account;
}

absl::Status CheckGrantRequest(const v1::GrantRoleRequest& request) {
  Violations violations;
  const auth::v1::Grant& grant = request.grant();
  api::MatchName(kPattern, request.name(), "name", violations);
  CheckGrant(grant, violations);
  if (!grant.alliance().empty()) {
    api::MatchName("alliances/*", grant.alliance(), "grant.alliance", violations);
  }
  if (!grant.member().empty()) {
    api::MatchName("alliances/*/members/*", grant.member(), "grant.member", violations);
  }
  return violations.ToStatus();
}

bool Holds(const v1::User& user, const auth::v1::Grant& grant) {
  return std::any_of(user.grants().begin(), user.grants().end(),
                     [&](const auth::v1::Grant& held) { return SameGrant(held, grant); });
}

std::vector<std::string> SortKey(const v1::User& user) { return {user.login()}; }

}  // namespace

UserService::UserService(const rpc::Runtime& runtime, db::Pool& pool, const Stores& stores,
                         PasswordHasher& hasher)
    : handler_(runtime, v1::UserService::service_full_name()),
      pool_(pool),
      ids_(runtime.ids),
      stores_(stores),
      hasher_(hasher) {}

grpc::Status UserService::CreateUser(grpc::ServerContext* context,
                                     const v1::CreateUserRequest* request, v1::User* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::User> {
        JH_ASSIGN_OR_RETURN(const v1::User user, NewUser(*request, ids_));
        // A request is remembered by a fast hash of it, from which a password
        // could be guessed; so what is remembered has its slow hash instead.
        v1::CreateUserRequest remembered = *request;
        if (!request->request_id().empty()) {
          JH_ASSIGN_OR_RETURN(
              *remembered.mutable_password(),
              hasher_.Digest(request->password(), request->request_id(), call.deadline));
        }
        return api::Write<v1::User>(
            pool_, call, remembered, [&](db::Connection& connection) -> absl::StatusOr<v1::User> {
              JH_ASSIGN_OR_RETURN(const std::string hash,
                                  hasher_.Hash(request->password(), call.deadline));
              return stores_.users.Insert(connection, call, user, hash);
            });
      });
}

grpc::Status UserService::GetUser(grpc::ServerContext* context, const v1::GetUserRequest* request,
                                  v1::User* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::User> {
        JH_RETURN_IF_ERROR(api::RequireName(kPattern, request->name()).status());
        JH_ASSIGN_OR_RETURN(
            const StoredUser stored,
            db::Read<StoredUser>(pool_, call.deadline, [&](db::Connection& connection) {
              return stores_.users.Get(connection, request->name());
            }));
        return stored.user;
      });
}

grpc::Status UserService::ListUsers(grpc::ServerContext* context,
                                    const v1::ListUsersRequest* request,
                                    v1::ListUsersResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::ListUsersResponse> {
        JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(*request, 1));
        JH_ASSIGN_OR_RETURN(auto rows, db::Read<std::vector<v1::User>>(
                                           pool_, call.deadline, [&](db::Connection& connection) {
                                             return stores_.users.List(connection, page);
                                           }));
        v1::ListUsersResponse answer;
        answer.set_next_page_token(
            api::FillPage(*request, page, rows, *answer.mutable_users(), SortKey));
        return answer;
      });
}

grpc::Status UserService::DisableUser(grpc::ServerContext* context,
                                      const v1::DisableUserRequest* request, v1::User* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::User> {
        Violations violations;
        api::MatchName(kPattern, request->name(), "name", violations);
        CheckReason(request->reason(), violations);
        JH_RETURN_IF_ERROR(violations.ToStatus());
        return api::Write<v1::User>(
            pool_, call, *request, [&](db::Connection& connection) -> absl::StatusOr<v1::User> {
              JH_ASSIGN_OR_RETURN(const StoredUser before,
                                  stores_.users.Get(connection, request->name()));
              if (before.user.state() != v1::User::STATE_ACTIVE) {
                return Error(
                    error::v1::COMMON_REASON_STATE_WRONG,
                    {{"name", request->name()}, {"state", "DISABLED"}, {"needs", "ACTIVE"}});
              }
              JH_ASSIGN_OR_RETURN(v1::User user, stores_.users.Disable(connection, call, before,
                                                                       request->reason()));
              JH_RETURN_IF_ERROR(
                  stores_.credentials.RevokeAll(connection, request->name(), "", call.now));
              return user;
            });
      });
}

grpc::Status UserService::GrantRole(grpc::ServerContext* context,
                                    const v1::GrantRoleRequest* request, v1::User* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::User> {
        JH_RETURN_IF_ERROR(CheckGrantRequest(*request));
        const auth::v1::Grant& grant = request->grant();
        return api::Write<v1::User>(
            pool_, call, *request, [&](db::Connection& connection) -> absl::StatusOr<v1::User> {
              JH_ASSIGN_OR_RETURN(StoredUser before,
                                  stores_.users.Get(connection, request->name()));
              if (Holds(before.user, grant)) return std::move(before.user);
              if (!grant.alliance().empty()) {
                JH_RETURN_IF_ERROR(stores_.alliances.Require(connection, grant.alliance()));
              }
              if (!grant.member().empty()) {
                JH_RETURN_IF_ERROR(stores_.members.Get(connection, grant.member()).status());
              }
              JH_RETURN_IF_ERROR(
                  CheckExclusive(before.user.grants(), grant.role(), request->name()));
              return stores_.users.Grant(connection, call, before, grant);
            });
      });
}

grpc::Status UserService::RevokeRole(grpc::ServerContext* context,
                                     const v1::RevokeRoleRequest* request, v1::User* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::User> {
        JH_RETURN_IF_ERROR(api::RequireName(kPattern, request->name()).status());
        return api::Write<v1::User>(
            pool_, call, *request, [&](db::Connection& connection) -> absl::StatusOr<v1::User> {
              JH_ASSIGN_OR_RETURN(StoredUser before,
                                  stores_.users.Get(connection, request->name()));
              if (!Holds(before.user, request->grant())) return std::move(before.user);
              return stores_.users.Revoke(connection, call, before, request->grant());
            });
      });
}

grpc::Status UserService::CreateServiceAccount(grpc::ServerContext* context,
                                               const v1::CreateServiceAccountRequest* request,
                                               v1::CreateServiceAccountResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::CreateServiceAccountResponse> {
        JH_ASSIGN_OR_RETURN(const v1::ServiceAccount wanted, NewServiceAccount(*request, ids_));
        const std::string secret = RandomToken(32);
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

}  // namespace jinhuan::alliance
