#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "alliance-svc/domain/credential_hash.h"
#include "alliance-svc/rpc/alliance_service.h"
#include "alliance-svc/rpc/auth_service.h"
#include "alliance-svc/rpc/bootstrap.h"
#include "alliance-svc/rpc/calendar_service.h"
#include "alliance-svc/rpc/charter_service.h"
#include "alliance-svc/rpc/credential_service.h"
#include "alliance-svc/rpc/member_service.h"
#include "alliance-svc/rpc/user_service.h"
#include "alliance-svc/storage/migrations.h"
#include "platform/db/platform_migrations.h"
#include "platform/log.h"
#include "platform/rpc/status_conversion.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "platform/testing/test_database.h"

namespace jinhuan::alliance {

// Who calls in a test: as the gateway's caller token says it, with which
// credential, and from where.
struct TestCaller {
  auth::v1::Caller caller = {};
  std::string credential_id = {};
  std::string address = "192.0.2.1";
  std::string user_agent = "a test";
};

inline TestCaller As(const std::string& name, auth::v1::Role role, const std::string& alliance = "",
                     const std::string& member = "") {
  TestCaller as;
  as.caller.set_name(name);
  auth::v1::Grant& grant = *as.caller.add_grants();
  grant.set_role(role);
  grant.set_alliance(alliance);
  grant.set_member(member);
  return as;
}

// The services of alliance-svc on a server in this process and a database that
// the tests of a suite share, empty for each, at a time that stands still.
class ServiceFixture : public ::testing::Test {
 protected:
  static constexpr int kOpenApplications = 12;
  static constexpr char kPassword[] = "jinhuan-2026";
  static constexpr char kSeed[] =
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

  static void SetUpTestSuite() {
    static const bool quiet = (log::Init("alliance_rpc_test", "warning"), true);
    ASSERT_TRUE(quiet);
    const std::vector<std::string> migrations = {db::kPlatformMigrations, kMigrations};
    database_ = std::make_unique<testing::TestDatabase>(migrations);
  }
  static void TearDownTestSuite() { database_.reset(); }

  ServiceFixture() {
    Empty();
    grpc::ServerBuilder builder;
    for (grpc::Service* service : std::initializer_list<grpc::Service*>{
             &alliance_service_, &charter_service_, &member_service_, &user_service_,
             &auth_service_, &calendar_service_, &credential_service_}) {
      builder.RegisterService(service);
    }
    server_ = builder.BuildAndStart();
    channel_ = server_->InProcessChannel({});
    alliances_ = v1::AllianceService::NewStub(channel_);
    charters_ = v1::CharterService::NewStub(channel_);
    members_ = v1::MemberService::NewStub(channel_);
    users_ = v1::UserService::NewStub(channel_);
    auth_ = v1::AuthService::NewStub(channel_);
    calendars_ = v1::CalendarService::NewStub(channel_);
    credentials_ = auth::v1::CredentialService::NewStub(channel_);
  }

  // Calls a method as the gateway would; thread-safe. `session` becomes what the
  // answer's jinhuan-session says, nothing when there is none.
  template <class Stub, class Request, class Response>
  absl::StatusOr<Response> Call(
      Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
      const TestCaller& as, const Request& request, std::optional<std::string>* session = nullptr) {
    grpc::ClientContext context;
    if (!as.caller.name().empty()) {
      context.AddMetadata(rpc::kCallerMetadata,
                          signer_.Sign(as.caller, "jinhuan.alliance.v1", clock_.Now()));
    }
    if (!as.credential_id.empty()) {
      context.AddMetadata(rpc::kCredentialMetadata, as.credential_id);
    }
    context.AddMetadata(rpc::kAddressMetadata, as.address);
    context.AddMetadata(rpc::kUserAgentMetadata, as.user_agent);
    Response response;
    const grpc::Status status = (stub.*method)(&context, request, &response);
    if (session != nullptr) {
      const auto& metadata = context.GetServerInitialMetadata();
      const auto found = metadata.find(kSessionMetadata);
      session->reset();
      if (found != metadata.end()) session->emplace(found->second.data(), found->second.size());
    }
    if (!status.ok()) return rpc::FromGrpc(status);
    return response;
  }

  // Who has the credential, as the gateway learns it.
  absl::StatusOr<auth::v1::Caller> Resolve(const std::string& token) {
    auth::v1::ResolveCredentialRequest request;
    request.set_credential(token);
    auto resolved = Call(*credentials_, &auth::v1::CredentialService::Stub::ResolveCredential,
                         As("services/gateway", auth::v1::ROLE_INTERNAL), request);
    if (!resolved.ok()) return resolved.status();
    return resolved->caller();
  }

  absl::StatusOr<v1::SignInResponse> SignIn(const std::string& login, const std::string& password,
                                            const std::string& address = "192.0.2.1") {
    v1::SignInRequest request;
    request.set_login(login);
    request.set_password(password);
    request.set_delivery(v1::SESSION_DELIVERY_BODY);
    return Call(*auth_, &v1::AuthService::Stub::SignIn, {.address = address}, request);
  }

  // The caller and credential that a token stands for.
  TestCaller CallerOf(const std::string& token) {
    auto caller = Resolve(token);
    EXPECT_TRUE(caller.ok()) << caller.status();
    return {.caller = caller.value_or(auth::v1::Caller()), .credential_id = CredentialHash(token)};
  }

  v1::Alliance MakeAlliance(const std::string& id) {
    v1::CreateAllianceRequest request;
    request.set_alliance_id(id);
    request.mutable_alliance()->set_display_name("金色中环");
    auto alliance =
        Call(*alliances_, &v1::AllianceService::Stub::CreateAlliance, system_admin_, request);
    EXPECT_TRUE(alliance.ok()) << alliance.status();
    return alliance.value_or(v1::Alliance());
  }

  TestCaller Street(const std::string& alliance) {
    return As("users/street", auth::v1::ROLE_STREET_ADMIN, alliance);
  }

  static v1::ApplyMemberRequest Application(const std::string& alliance,
                                            const std::string& display_name) {
    v1::ApplyMemberRequest request;
    request.set_parent(alliance);
    request.mutable_member()->set_display_name(display_name);
    request.mutable_member()->set_sector(v1::SECTOR_COMPANY);
    request.mutable_member()->set_liaison_phone("13812341234");
    return request;
  }

  v1::Member Apply(const std::string& alliance, const std::string& display_name) {
    auto member = Call(*members_, &v1::MemberService::Stub::ApplyMember, Street(alliance),
                       Application(alliance, display_name));
    EXPECT_TRUE(member.ok()) << member.status();
    return member.value_or(v1::Member());
  }

  absl::StatusOr<v1::Member> Approve(const v1::Member& member) {
    v1::ApproveMemberRequest request;
    request.set_name(member.name());
    request.set_reason("符合章程");
    return Call(*members_, &v1::MemberService::Stub::ApproveMember,
                Street(member.name().substr(0, member.name().find("/members/"))), request);
  }

  v1::User MakeUser(const std::string& login) {
    v1::CreateUserRequest request;
    request.mutable_user()->set_login(login);
    request.mutable_user()->set_display_name("党建专员");
    request.set_password(kPassword);
    auto user = Call(*users_, &v1::UserService::Stub::CreateUser, system_admin_, request);
    EXPECT_TRUE(user.ok()) << user.status();
    return user.value_or(v1::User());
  }

  absl::StatusOr<v1::User> Grant(const std::string& user, auth::v1::Role role,
                                 const std::string& alliance = "", const std::string& member = "") {
    v1::GrantRoleRequest request;
    request.set_name(user);
    request.mutable_grant()->set_role(role);
    request.mutable_grant()->set_alliance(alliance);
    request.mutable_grant()->set_member(member);
    return Call(*users_, &v1::UserService::Stub::GrantRole, security_admin_, request);
  }

  // Says what a system may call, which confirms it.
  absl::StatusOr<v1::ServiceAccount> SetScopes(const std::vector<std::string>& scopes,
                                               const std::string& name) {
    v1::SetServiceAccountScopesRequest request;
    request.set_name(name);
    for (const std::string& scope : scopes) request.add_scopes(scope);
    return Call(*users_, &v1::UserService::Stub::SetServiceAccountScopes, security_admin_, request);
  }

  absl::StatusOr<std::string> SystemToken(const std::string& client_id, const std::string& secret) {
    v1::IssueTokenRequest request;
    request.set_client_id(client_id);
    request.set_client_secret(secret);
    const auto token = Call(*auth_, &v1::AuthService::Stub::IssueToken, {}, request);
    if (!token.ok()) return token.status();
    return token->access_token();
  }

  // Runs `client` in `count` threads at once, with its number.
  static void AtOnce(int count, const std::function<void(int)>& client) {
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i) threads.emplace_back(client, i);
    for (std::thread& thread : threads) thread.join();
  }

  // The whole journal so far.
  std::vector<journal::v1::Entry> Entries() {
    EXPECT_TRUE(journal_.SealOnce().ok());
    auto entries = journal_.ReadFrom(1, 10000, {}, absl::Now() + absl::Seconds(10));
    EXPECT_TRUE(entries.ok()) << entries.status();
    return entries.value_or(std::vector<journal::v1::Entry>());
  }

  // Takes the rows of the test before out of every table.
  static void Empty() {
    const absl::Status status = db::InTransaction(
        database_->pool(), absl::Now() + absl::Seconds(30),
        [](db::Connection& connection) -> absl::Status {
          for (const char* table :
               {"alliance", "charter", "member", "user", "user_grant", "password_history",
                "calendar_link", "sign_on_link", "sign_in_failure", "service_account", "credential",
                "request", "journal_erasure", "journal_unsealed", "journal_entry", "journal_node",
                "journal_index", "journal_hour"}) {
            JH_RETURN_IF_ERROR(connection.Run(std::string("DELETE FROM ") + table));
          }
          return connection.Run("UPDATE journal_head SET size = 0, tree_size = 0, indexed = 0");
        });
    ASSERT_TRUE(status.ok()) << status;
  }

  static inline std::unique_ptr<testing::TestDatabase> database_;
  FakeClock clock_{absl::FromUnixSeconds(1'790'000'000)};
  RandomIdSource ids_{clock_};
  journal::Journal journal_{database_->pool(), ids_};
  const Stores stores_{journal_};
  PasswordHasher hasher_{2};
  rpc::CallerTokenSigner signer_ = *rpc::CallerTokenSigner::FromSeed(kSeed);
  std::unique_ptr<rpc::CallerTokenVerifier> verifier_ =
      *rpc::CallerTokenVerifier::Create(signer_.public_key_hex(), "jinhuan.alliance.v1");
  rpc::Admission admission_{256, 16};
  rpc::Metrics metrics_;
  const rpc::Runtime runtime_{clock_, ids_, *verifier_, admission_, metrics_};

  AllianceService alliance_service_{runtime_, database_->pool(), stores_};
  CharterService charter_service_{runtime_, database_->pool(), stores_};
  MemberService member_service_{runtime_, database_->pool(), stores_, kOpenApplications};
  // As in the demo; tests of first passwords change it before they call.
  AccountOptions options_{.change_first_password = false};
  UserService user_service_{runtime_, database_->pool(), stores_, hasher_, options_};
  AuthService auth_service_{runtime_, database_->pool(), stores_, hasher_, options_};
  CalendarService calendar_service_{runtime_, database_->pool(), stores_};
  CredentialService credential_service_{runtime_, database_->pool(), stores_.credentials};
  std::unique_ptr<grpc::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::AllianceService::Stub> alliances_;
  std::unique_ptr<v1::CharterService::Stub> charters_;
  std::unique_ptr<v1::MemberService::Stub> members_;
  std::unique_ptr<v1::UserService::Stub> users_;
  std::unique_ptr<v1::AuthService::Stub> auth_;
  std::unique_ptr<v1::CalendarService::Stub> calendars_;
  std::unique_ptr<auth::v1::CredentialService::Stub> credentials_;

  const TestCaller system_admin_ = As("users/sys", auth::v1::ROLE_SYSTEM_ADMIN);
  const TestCaller security_admin_ = As("users/sec", auth::v1::ROLE_SECURITY_ADMIN);
};

}  // namespace jinhuan::alliance
