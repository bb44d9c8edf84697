#include "alliance-svc/rpc/auth_service.h"
#include "alliance-svc/rpc/own_account.h"
#include "jinhuan/alliance/v1/error_reason.pb.h"
#include "platform/api/write.h"
#include "platform/client_source.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::alliance {
namespace {

absl::Status PasswordWrong() { return Error(v1::ERROR_REASON_PASSWORD_WRONG); }

absl::Status UsedBefore() {
  Violations violations;
  violations.Add("new_password", v1::ERROR_REASON_PASSWORD_USED_BEFORE);
  return violations.ToStatus();
}

}  // namespace

grpc::Status AuthService::ChangePassword(grpc::ServerContext* context,
                                         const v1::ChangePasswordRequest* request,
                                         v1::ChangePasswordResponse* response) {
  return handler_.Unary(
      *context, __func__, *request, *response,
      [&](const api::Call& call) -> absl::StatusOr<v1::ChangePasswordResponse> {
        JH_ASSIGN_OR_RETURN(const SignInAccount account, OwnAccount(call));
        Violations violations;
        options_.passwords.Check("new_password", request->new_password(), account.login,
                                 violations);
        JH_RETURN_IF_ERROR(violations.ToStatus());
        JH_ASSIGN_OR_RETURN(const auto remembered, Rememberable(call, *request));
        // What went wrong is told inside: to a repetition, whose old password is no
        // more, Write gives the first answer.
        const absl::StatusOr<std::string> hash = HashNewPassword(call, account, *request);
        v1::ChangePasswordResponse answer;
        const absl::Status changed = api::Write(
            pool_, call, remembered, answer, [&](db::Connection& connection) -> absl::Status {
              JH_RETURN_IF_ERROR(hash.status());
              JH_ASSIGN_OR_RETURN(const bool current,
                                  stores_.passwords.Change(connection, call, account, *hash));
              if (!current) return PasswordWrong();
              // Whoever knew the first password may have linked itself.
              if (account.must_change) {
                JH_RETURN_IF_ERROR(EndLinks(connection, stores_, call.caller.name()));
              }
              return stores_.credentials
                  .RevokeAll(connection, call.caller.name(), call.credential_id, call.now)
                  .status();
            });
        if (ReasonOf(changed) == ReasonOf(PasswordWrong())) {
          return WrongPassword(call, account.login, account);
        }
        JH_RETURN_IF_ERROR(changed);
        return answer;
      });
}

absl::StatusOr<SignInAccount> AuthService::OwnAccount(const api::Call& call) {
  JH_ASSIGN_OR_RETURN(
      std::optional<SignInAccount> account,
      db::Read<std::optional<SignInAccount>>(pool_, call.deadline, [&](db::Connection& connection) {
        return stores_.passwords.FindByName(connection, call.caller.name());
      }));
  if (!account.has_value()) return PasswordWrong();
  return *std::move(account);
}

absl::StatusOr<std::string> AuthService::HashNewPassword(const api::Call& call,
                                                         const SignInAccount& account,
                                                         const v1::ChangePasswordRequest& request) {
  std::vector<std::string> used;
  JH_RETURN_IF_ERROR(
      db::Read(pool_, call.deadline, [&](db::Connection& connection) -> absl::Status {
        JH_RETURN_IF_ERROR(stores_.sign_in_failures.CheckAllowed(
            connection, {account.login, SourceOf(call.address)}, call.now));
        JH_ASSIGN_OR_RETURN(used, stores_.passwords.History(connection, account));
        return absl::OkStatus();
      }));
  JH_ASSIGN_OR_RETURN(const bool right,
                      hasher_.Verify(account.password_hash, request.old_password(), call.deadline));
  if (!right) return PasswordWrong();
  if (request.new_password() == request.old_password()) return UsedBefore();
  for (const std::string& hash : used) {
    JH_ASSIGN_OR_RETURN(const bool again,
                        hasher_.Verify(hash, request.new_password(), call.deadline));
    if (again) return UsedBefore();
  }
  return hasher_.Hash(request.new_password(), call.deadline);
}

// With a slow hash in place of the passwords, as in CreateUser.
absl::StatusOr<v1::ChangePasswordRequest> AuthService::Rememberable(
    const api::Call& call, const v1::ChangePasswordRequest& request) {
  v1::ChangePasswordRequest remembered = request;
  if (request.request_id().empty()) return remembered;
  const std::string both = request.old_password() + '\0' + request.new_password();
  remembered.clear_old_password();
  JH_ASSIGN_OR_RETURN(*remembered.mutable_new_password(),
                      hasher_.Digest(both, request.request_id(), call.deadline));
  return remembered;
}

}  // namespace jinhuan::alliance
