#include "platform/rpc/handler.h"

#include <gmock/gmock.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include "google/rpc/status.pb.h"
#include "jinhuan/meeting/v1/meeting_service.grpc.pb.h"
#include "platform/log.h"
#include "platform/rpc/status_conversion.h"
#include "platform/status/error.h"

namespace jinhuan::rpc {
namespace {

using auth::v1::Caller;
using auth::v1::Role;

constexpr char kSeed[] = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

struct GrantOf {
  Role role;
  std::string alliance;
  std::string member;
};

Caller With(std::initializer_list<GrantOf> grants) {
  Caller caller;
  caller.set_name("users/u");
  for (const GrantOf& it : grants) {
    auth::v1::Grant& grant = *caller.add_grants();
    grant.set_role(it.role);
    grant.set_alliance(it.alliance);
    grant.set_member(it.member);
  }
  return caller;
}

constexpr char kA[] = "alliances/a";

// A service of one method, whose body each test gives.
class HandlerTest : public ::testing::Test {
 protected:
  using Body = std::function<absl::StatusOr<meeting::v1::Meeting>(const api::Call&)>;

  class Service final : public meeting::v1::MeetingService::Service {
   public:
    explicit Service(const Runtime& runtime)
        : handler_(runtime, meeting::v1::MeetingService::service_full_name()) {}
    grpc::Status GetMeeting(grpc::ServerContext* context,
                            const meeting::v1::GetMeetingRequest* request,
                            meeting::v1::Meeting* response) override {
      return handler_.Unary(*context, __func__, *request, *response, body);
    }
    Body body = [](const api::Call&) { return meeting::v1::Meeting(); };

   private:
    Handler handler_;
  };

  HandlerTest() {
    server_ = grpc::ServerBuilder().RegisterService(&service_).BuildAndStart();
    stub_ = meeting::v1::MeetingService::NewStub(server_->InProcessChannel({}));
  }

  std::string Token(const Caller& caller) const {
    return signer_->Sign(caller, "jinhuan.meeting.v1", clock_.Now());
  }
  std::string LiaisonToken() const {
    return Token(With({{auth::v1::ROLE_LIAISON, kA, "alliances/a/members/m"}}));
  }

  grpc::Status Raw(const std::string& token, const std::string& name,
                   std::chrono::milliseconds timeout = {}) {
    grpc::ClientContext context;
    if (!token.empty()) context.AddMetadata(kCallerMetadata, token);
    context.AddMetadata(kRequestMetadata, "trace-1");
    context.AddMetadata(kAddressMetadata, "10.0.0.1");
    context.AddMetadata(kUserAgentMetadata, "a browser");
    if (timeout.count() > 0) context.set_deadline(std::chrono::system_clock::now() + timeout);
    meeting::v1::GetMeetingRequest request;
    request.set_name(name);
    meeting::v1::Meeting response;
    return stub_->GetMeeting(&context, request, &response);
  }
  std::string Reason(const std::string& token, const std::string& name) {
    return ReasonOf(FromGrpc(Raw(token, name)));
  }

  FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  RandomIdSource ids_{clock_};
  const absl::StatusOr<CallerTokenSigner> signer_ = CallerTokenSigner::FromSeed(kSeed);
  const std::unique_ptr<CallerTokenVerifier> verifier_ =
      *CallerTokenVerifier::Create(signer_->public_key_hex(), "jinhuan.meeting.v1");
  Admission admission_{1, 1};
  Metrics metrics_;
  const Runtime runtime_{clock_, ids_, *verifier_, admission_, metrics_};
  Service service_{runtime_};
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<meeting::v1::MeetingService::Stub> stub_;
};

TEST_F(HandlerTest, TellsTheBodyWhoCallsOnWhatAndUntilWhen) {
  api::Call seen;
  service_.body = [&](const api::Call& call) {
    seen = call;
    return meeting::v1::Meeting();
  };
  ASSERT_TRUE(Raw(LiaisonToken(), "alliances/a/meetings/m").ok());
  EXPECT_EQ(seen.method, "jinhuan.meeting.v1.MeetingService/GetMeeting");
  EXPECT_EQ(seen.caller.name(), "users/u");
  EXPECT_EQ(seen.alliance, kA);
  EXPECT_EQ(seen.request, "trace-1");
  EXPECT_EQ(seen.address, "10.0.0.1");
  EXPECT_EQ(seen.user_agent, "a browser");
  EXPECT_EQ(seen.scope.relation, auth::v1::RELATION_OWN_ALLIANCE);
  EXPECT_EQ(seen.now, clock_.Now());
  const absl::Duration left = seen.deadline - absl::Now();
  EXPECT_TRUE(left > absl::Seconds(5) && left <= absl::Seconds(10)) << left;

  ASSERT_TRUE(Raw(LiaisonToken(), "alliances/a/meetings/m", std::chrono::minutes(30)).ok());
  EXPECT_LE(seen.deadline - absl::Now(), absl::Seconds(60));
  ASSERT_TRUE(Raw(LiaisonToken(), "alliances/a/meetings/m", std::chrono::seconds(3)).ok());
  EXPECT_LT(seen.deadline - absl::Now(), absl::Seconds(4));
}

TEST_F(HandlerTest, LetsNobodyInBeforeItKnowsThem) {
  service_.body = [](const api::Call&) -> absl::StatusOr<meeting::v1::Meeting> {
    ADD_FAILURE() << "the body ran";
    return meeting::v1::Meeting();
  };
  EXPECT_EQ(Reason("", "alliances/a/meetings/m"), "SIGN_IN_REQUIRED");
  EXPECT_EQ(Reason("nonsense", "alliances/a/meetings/m"), "SIGN_IN_REQUIRED");
  EXPECT_EQ(Reason(LiaisonToken(), "alliances/b/meetings/m"), "RESOURCE_NOT_FOUND");
  EXPECT_EQ(Reason(Token(With({{auth::v1::ROLE_SYSTEM_ADMIN, "", ""}})), "alliances/a/meetings/m"),
            "ROLE_REQUIRED");
  EXPECT_EQ(Reason(LiaisonToken(), ""), "FIELD_REQUIRED");
  EXPECT_EQ(Reason(LiaisonToken(), "meetings/m"), "NAME_INVALID");
  const std::string token = LiaisonToken();
  clock_.Advance(absl::Seconds(60));
  EXPECT_EQ(Reason(token, "alliances/a/meetings/m"), "SIGN_IN_REQUIRED");
}

TEST_F(HandlerTest, TheBodySeesOnlyTheGrantsThatCount) {
  api::Call seen;
  service_.body = [&](const api::Call& call) {
    seen = call;
    return meeting::v1::Meeting();
  };
  Caller caller = With({{auth::v1::ROLE_LIAISON, kA, "alliances/a/members/m"},
                        {auth::v1::ROLE_CHAIR, kA, "alliances/a/members/m"}});
  caller.mutable_grants(1)->mutable_start_time()->set_seconds(absl::ToUnixSeconds(clock_.Now()) +
                                                              30);
  const std::string token = Token(caller);
  ASSERT_TRUE(Raw(token, "alliances/a/meetings/m").ok());
  ASSERT_EQ(seen.caller.grants_size(), 1);
  EXPECT_EQ(seen.caller.grants(0).role(), auth::v1::ROLE_LIAISON);
  clock_.Advance(absl::Seconds(30));  // the same token, and the term has begun
  ASSERT_TRUE(Raw(token, "alliances/a/meetings/m").ok());
  EXPECT_EQ(seen.caller.grants_size(), 2);
}

TEST_F(HandlerTest, HidesAFaultOfOursBehindAReference) {
  service_.body = [](const api::Call&) -> absl::StatusOr<meeting::v1::Meeting> {
    return absl::NotFoundError("SELECT secret FROM table");
  };
  const grpc::Status status = Raw(LiaisonToken(), "alliances/a/meetings/m");
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INTERNAL);
  EXPECT_EQ(status.error_message(), "internal error, reference trace-1");
  EXPECT_EQ(status.error_details().find("SELECT"), std::string::npos);
}

TEST_F(HandlerTest, SendsDetailsThatClientsCanRead) {
  service_.body = [](const api::Call&) -> absl::StatusOr<meeting::v1::Meeting> {
    return Error(error::v1::COMMON_REASON_ETAG_STALE, {{"name", "n"}});
  };
  const grpc::Status status = Raw(LiaisonToken(), "alliances/a/meetings/m");
  google::rpc::Status details;
  ASSERT_TRUE(details.ParseFromString(status.error_details()));
  EXPECT_EQ(details.code(), static_cast<int>(status.error_code()));
  EXPECT_EQ(details.message(), status.error_message());
  int infos = 0;
  for (const auto& detail : details.details()) infos += detail.Is<google::rpc::ErrorInfo>() ? 1 : 0;
  EXPECT_EQ(infos, 1);
}

TEST_F(HandlerTest, RefusesOneCallTooMany) {
  std::string second;
  service_.body = [&](const api::Call&) {
    second = Reason(LiaisonToken(), "alliances/a/meetings/m");  // while this one is inside
    return meeting::v1::Meeting();
  };
  EXPECT_TRUE(Raw(LiaisonToken(), "alliances/a/meetings/m").ok());
  EXPECT_EQ(second, "OVERLOADED");
}

// gRPC's own reflection service is linked in and declares no access.
TEST_F(HandlerTest, AMethodThatDoesNotSayWhoMayCallItDoesNotStart) {
  ::testing::FLAGS_gtest_death_test_style = "threadsafe";
  const auto serve = [this](const std::string& service) {
    log::Init("test", "error");
    const Handler handler(runtime_, service);
  };
  EXPECT_EXIT(serve("grpc.reflection.v1alpha.ServerReflection"), ::testing::ExitedWithCode(1),
              "does not declare jinhuan.auth.v1.access");
  EXPECT_EXIT(serve("jinhuan.meeting.v1.NoSuchService"), ::testing::ExitedWithCode(1),
              "no such service");
}

}  // namespace
}  // namespace jinhuan::rpc
