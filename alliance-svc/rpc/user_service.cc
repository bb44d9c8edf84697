#include "alliance-svc/rpc/user_service.h"

#include "alliance-svc/domain/account_rules.h"
#include "alliance-svc/rpc/own_account.h"
#include "alliance-svc/storage/names.h"
#include "platform/api/page.h"
#include "platform/api/resource_name.h"
#include "platform/api/update_mask.h"
#include "platform/api/write.h"
#include "platform/status/error.h"
#include "platform/status/state_wrong.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

constexpr char kPattern[] = "users/*";

absl::StatusOr<v1::User> NewUser(const v1::CreateUserRequest& request,
                                 const AccountOptions& options, IdSource& ids) {
  v1::User user;
  user.set_name(UserName(ids.NewId()));
  user.set_login(request.user().login());
  user.set_display_name(request.user().display_name());
  user.set_phone(request.user().phone());
  user.set_state(v1::User::STATE_ACTIVE);
  user.set_must_change_password(options.change_first_password);
  Violations violations;
  CheckUser(user, "", violations);
  options.passwords.Check("password", request.password(), user.login(), violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return user;
}

// The stored user with what the request changes.
absl::StatusOr<v1::User> Updated(const v1::UpdateUserRequest& request, const v1::User& before) {
  v1::User after = before;
  JH_RETURN_IF_ERROR(
      api::ApplyMask(request.update_mask(), {"display_name", "phone"}, request.user(), after));
  Violations violations;
  CheckUser(after, before.phone(), violations);
  JH_RETURN_IF_ERROR(violations.ToStatus());
  return after;
}

absl::Status CheckFilters(const v1::ListUsersRequest& request) {
  Violations violations;
  violations.CheckText("query", request.query(), 0, 60);
  violations.Check("role", auth::v1::Role_IsValid(request.role()), "one of the listed values",
                   "所列选项之一");
  return violations.ToStatus();
}

std::vector<std::string> SortKey(const v1::User& user) { return {user.login()}; }

}  // namespace

absl::Status CheckNotErased(const v1::User& user) {
  return CheckState(user, {v1::User::STATE_ACTIVE, v1::User::STATE_DISABLED});
}

UserService::UserService(const rpc::Runtime& runtime, db::Pool& pool, const Stores& stores,
                         PasswordHasher& hasher, const AccountOptions& options)
    : handler_(runtime, v1::UserService::service_full_name()),
      pool_(pool),
      ids_(runtime.ids),
      stores_(stores),
      hasher_(hasher),
      options_(options) {}

grpc::Status UserService::CreateUser(grpc::ServerContext* context,
                                     const v1::CreateUserRequest* request, v1::User* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::User> {
        JH_ASSIGN_OR_RETURN(const v1::User user, NewUser(*request, options_, ids_));
        JH_ASSIGN_OR_RETURN(const auto remembered, Rememberable(call, *request));
        JH_ASSIGN_OR_RETURN(const std::string hash,
                            hasher_.Hash(request->password(), call.deadline));
        return api::Write<v1::User>(pool_, call, remembered, [&](db::Connection& connection) {
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
              return stores_.users.Get(connection, request->name(), call.now);
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
        JH_RETURN_IF_ERROR(CheckFilters(*request));
        JH_ASSIGN_OR_RETURN(const api::Page page, api::ReadPage(*request, 1));
        JH_ASSIGN_OR_RETURN(
            auto rows,
            db::Read<std::vector<v1::User>>(pool_, call.deadline, [&](db::Connection& connection) {
              return stores_.users.List(connection, *request, page, call.now);
            }));
        v1::ListUsersResponse answer;
        answer.set_next_page_token(
            api::FillPage(*request, page, rows, *answer.mutable_users(), SortKey));
        return answer;
      });
}

grpc::Status UserService::UpdateUser(grpc::ServerContext* context,
                                     const v1::UpdateUserRequest* request, v1::User* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::User> {
        const std::string& name = request->user().name();
        JH_RETURN_IF_ERROR(api::RequireName(kPattern, name, "user.name").status());
        JH_RETURN_IF_ERROR(RequireOwnAccount(call, name));
        return api::Write<v1::User>(
            pool_, call, *request, [&](db::Connection& connection) -> absl::StatusOr<v1::User> {
              JH_ASSIGN_OR_RETURN(const StoredUser before,
                                  stores_.users.Get(connection, name, call.now));
              JH_RETURN_IF_ERROR(api::CheckEtag(request->user().etag(), before.user.etag(), name));
              JH_RETURN_IF_ERROR(CheckNotErased(before.user));
              JH_ASSIGN_OR_RETURN(v1::User after, Updated(*request, before.user));
              return stores_.users.Update(connection, call, before, std::move(after));
            });
      });
}

}  // namespace jinhuan::alliance
