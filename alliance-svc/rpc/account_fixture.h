#pragma once

#include <string>

#include "alliance-svc/rpc/service_fixture.h"

namespace jinhuan::alliance {

// What tests of accounts do again and again.
class AccountFixture : public ServiceFixture {
 protected:
  using Users = v1::UserService::Stub;
  using Auth = v1::AuthService::Stub;

  static constexpr char kPhone[] = "13812341234";

  absl::StatusOr<v1::User> Get(const std::string& name) {
    v1::GetUserRequest request;
    request.set_name(name);
    return Call(*users_, &Users::GetUser, security_admin_, request);
  }

  // An account with a phone number.
  v1::User MakePerson(const std::string& login) {
    v1::CreateUserRequest request;
    request.mutable_user()->set_login(login);
    request.mutable_user()->set_display_name("党建专员");
    request.mutable_user()->set_phone(kPhone);
    request.set_password(kPassword);
    const auto user = Call(*users_, &Users::CreateUser, system_admin_, request);
    EXPECT_TRUE(user.ok()) << user.status();
    return user.value_or(v1::User());
  }

  absl::StatusOr<v1::User> Disable(const std::string& name, const std::string& reason = "离职",
                                   const std::string& request_id = "") {
    v1::DisableUserRequest request;
    request.set_name(name);
    request.set_reason(reason);
    request.set_request_id(request_id);
    return Call(*users_, &Users::DisableUser, system_admin_, request);
  }

  absl::StatusOr<v1::User> Enable(const std::string& name, const std::string& reason = "返聘") {
    v1::EnableUserRequest request;
    request.set_name(name);
    request.set_reason(reason);
    return Call(*users_, &Users::EnableUser, system_admin_, request);
  }

  absl::StatusOr<v1::User> Erase(const std::string& name, const std::string& reason = "本人申请") {
    v1::ErasePersonalDataRequest request;
    request.set_name(name);
    request.set_reason(reason);
    return Call(*users_, &Users::ErasePersonalData, system_admin_, request);
  }

  absl::StatusOr<v1::User> Revoke(const std::string& name, auth::v1::Role role) {
    v1::RevokeRoleRequest request;
    request.set_name(name);
    request.mutable_grant()->set_role(role);
    return Call(*users_, &Users::RevokeRole, security_admin_, request);
  }

  // A session token of the login.
  std::string Token(const std::string& login, const std::string& password = kPassword) {
    const auto answer = SignIn(login, password);
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.value_or(v1::SignInResponse()).session_token();
  }

  absl::Status ChangePassword(const TestCaller& as, const std::string& from, const std::string& to,
                              const std::string& request_id = "") {
    v1::ChangePasswordRequest request;
    request.set_old_password(from);
    request.set_new_password(to);
    request.set_request_id(request_id);
    return Call(*auth_, &Auth::ChangePassword, as, request).status();
  }

  absl::StatusOr<v1::Session> GetSession(const TestCaller& as) {
    return Call(*auth_, &Auth::GetSession, as, v1::GetSessionRequest());
  }

  // Everything that is stored, but for the columns where phone numbers stand.
  std::string Stored() {
    std::string everything;
    for (const auto& entry : Entries()) everything += entry.SerializeAsString();
    static const auto* tables = new std::vector<const db::Query*>{
        new db::Query("SELECT CONCAT_WS('|', principal, method, request_id, fingerprint, response) "
                      "FROM request",
                      ""),
        new db::Query(
            "SELECT CONCAT_WS('|', user_id, login, display_name, password_hash) FROM user", ""),
        new db::Query("SELECT CONCAT_WS('|', credential_id, account, address, user_agent) "
                      "FROM credential",
                      ""),
        new db::Query("SELECT CONCAT_WS('|', user_id, token_hash) FROM calendar_link", ""),
        new db::Query("SELECT CONCAT_WS('|', account_id, secret_hash, old_secret_hash) "
                      "FROM service_account",
                      ""),
        new db::Query("SELECT CONCAT_WS('|', login, source) FROM sign_in_failure", ""),
        new db::Query("SELECT CONCAT_WS('|', user_id, password_hash) FROM password_history", "")};
    auto lease = database_->pool().Acquire(absl::Now() + absl::Seconds(5));
    for (const db::Query* table : *tables) {
      const auto rows =
          (*lease)->Select(*table, {}, [&](const db::Row& row) { everything += row.Text(0); });
      EXPECT_TRUE(rows.ok()) << rows.status();
    }
    return everything;
  }
};

}  // namespace jinhuan::alliance
