#include <algorithm>

#include "alliance-svc/domain/account_rules.h"
#include "alliance-svc/domain/role_rules.h"
#include "alliance-svc/rpc/own_account.h"
#include "alliance-svc/rpc/user_service.h"
#include "jinhuan/alliance/v1/error_reason.pb.h"
#include "platform/api/resource_name.h"
#include "platform/api/write.h"
#include "platform/status/error.h"
#include "platform/status/state_wrong.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

constexpr char kPattern[] = "users/*";

// A request to change the state of an account, with a reason.
template <class Request>
absl::Status CheckStateRequest(const Request& request) {
  Violations violations;
  api::MatchName(kPattern, request.name(), "name", violations);
  CheckReason(request.reason(), violations);
  return violations.ToStatus();
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

bool HasGrant(const v1::User& user, const auth::v1::Grant& grant) {
  return std::any_of(user.grants().begin(), user.grants().end(),
                     [&](const auth::v1::Grant& held) { return SameGrant(held, grant); });
}

// Someone else may know a password that must be changed, and would be what its account
// becomes.
absl::Status CheckPasswordOwn(const v1::User& user, auth::v1::Role role) {
  if (!IsAdministrator(role) || !user.must_change_password()) return absl::OkStatus();
  return Error(v1::ERROR_REASON_PASSWORD_NOT_OWN,
               {{"user", user.name()}, {"role", auth::v1::Role_Name(role)}});
}

}  // namespace

grpc::Status UserService::DisableUser(grpc::ServerContext* context,
                                      const v1::DisableUserRequest* request, v1::User* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::User> {
        JH_RETURN_IF_ERROR(CheckStateRequest(*request));
        return api::Write<v1::User>(
            pool_, call, *request, [&](db::Connection& connection) -> absl::StatusOr<v1::User> {
              JH_RETURN_IF_ERROR(stores_.users.TakeAdministratorTurn(connection));
              JH_ASSIGN_OR_RETURN(const StoredUser before,
                                  stores_.users.Get(connection, request->name(), call.now));
              JH_RETURN_IF_ERROR(CheckState(before.user, {v1::User::STATE_ACTIVE}));
              JH_RETURN_IF_ERROR(RequireAnotherOfEachRole(connection, before.user));
              JH_ASSIGN_OR_RETURN(v1::User user, stores_.users.SetState(connection, call, before,
                                                                        v1::User::STATE_DISABLED,
                                                                        request->reason()));
              JH_RETURN_IF_ERROR(
                  stores_.credentials.RevokeAll(connection, request->name(), "", call.now)
                      .status());
              return user;
            });
      });
}

grpc::Status UserService::EnableUser(grpc::ServerContext* context,
                                     const v1::EnableUserRequest* request, v1::User* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::User> {
        JH_RETURN_IF_ERROR(CheckStateRequest(*request));
        return api::Write<v1::User>(
            pool_, call, *request, [&](db::Connection& connection) -> absl::StatusOr<v1::User> {
              JH_ASSIGN_OR_RETURN(const StoredUser before,
                                  stores_.users.Get(connection, request->name(), call.now));
              JH_RETURN_IF_ERROR(CheckNotErased(before.user));
              JH_RETURN_IF_ERROR(stores_.sign_in_failures.Lift(connection, before.user.login()));
              return stores_.users.SetState(connection, call, before, v1::User::STATE_ACTIVE,
                                            request->reason());
            });
      });
}

grpc::Status UserService::ResetPassword(grpc::ServerContext* context,
                                        const v1::ResetPasswordRequest* request,
                                        v1::User* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::User> {
        JH_RETURN_IF_ERROR(api::RequireName(kPattern, request->name()).status());
        JH_ASSIGN_OR_RETURN(const std::string login, LoginOf(call, request->name()));
        Violations violations;
        options_.passwords.Check("password", request->password(), login, violations);
        JH_RETURN_IF_ERROR(violations.ToStatus());
        JH_ASSIGN_OR_RETURN(const auto remembered, Rememberable(call, *request));
        JH_ASSIGN_OR_RETURN(const std::string hash,
                            hasher_.Hash(request->password(), call.deadline));
        return api::Write<v1::User>(
            pool_, call, remembered, [&](db::Connection& connection) -> absl::StatusOr<v1::User> {
              JH_ASSIGN_OR_RETURN(const StoredUser before,
                                  stores_.users.Get(connection, request->name(), call.now));
              JH_RETURN_IF_ERROR(CheckState(before.user, {v1::User::STATE_ACTIVE}));
              JH_RETURN_IF_ERROR(CheckResettable(before.user.grants(), request->name()));
              JH_ASSIGN_OR_RETURN(v1::User user,
                                  stores_.passwords.Reset(connection, call, before, hash,
                                                          options_.change_first_password));
              JH_RETURN_IF_ERROR(EndLinks(connection, stores_, request->name()));
              JH_RETURN_IF_ERROR(
                  stores_.credentials.RevokeAll(connection, request->name(), "", call.now)
                      .status());
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
                                  stores_.users.Get(connection, request->name(), call.now));
              JH_RETURN_IF_ERROR(CheckNotErased(before.user));
              if (HasGrant(before.user, grant)) return std::move(before.user);
              if (!grant.alliance().empty()) {
                JH_RETURN_IF_ERROR(stores_.alliances.Require(connection, grant.alliance()));
              }
              if (!grant.member().empty()) {
                JH_RETURN_IF_ERROR(stores_.members.Get(connection, grant.member()).status());
              }
              JH_RETURN_IF_ERROR(
                  CheckExclusive(before.user.grants(), grant.role(), request->name()));
              JH_RETURN_IF_ERROR(CheckPasswordOwn(before.user, grant.role()));
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
        const auth::v1::Grant& grant = request->grant();
        return api::Write<v1::User>(
            pool_, call, *request, [&](db::Connection& connection) -> absl::StatusOr<v1::User> {
              if (IsAdministrator(grant.role())) {
                JH_RETURN_IF_ERROR(stores_.users.TakeAdministratorTurn(connection));
              }
              JH_ASSIGN_OR_RETURN(StoredUser before,
                                  stores_.users.Get(connection, request->name(), call.now));
              if (!HasGrant(before.user, grant)) return std::move(before.user);
              JH_RETURN_IF_ERROR(stores_.users.CheckNotLast(connection, before.user, grant.role()));
              return stores_.users.Revoke(connection, call, before, grant);
            });
      });
}

absl::StatusOr<std::string> UserService::LoginOf(const api::Call& call, const std::string& name) {
  JH_ASSIGN_OR_RETURN(const StoredUser stored,
                      db::Read<StoredUser>(pool_, call.deadline, [&](db::Connection& connection) {
                        return stores_.users.Get(connection, name, call.now);
                      }));
  return stored.user.login();
}

// For after TakeAdministratorTurn.
absl::Status UserService::RequireAnotherOfEachRole(db::Connection& connection,
                                                   const v1::User& user) const {
  for (const auth::v1::Grant& grant : user.grants()) {
    JH_RETURN_IF_ERROR(stores_.users.CheckNotLast(connection, user, grant.role()));
  }
  return absl::OkStatus();
}

}  // namespace jinhuan::alliance
