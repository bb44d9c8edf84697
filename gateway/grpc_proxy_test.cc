// The native gRPC port of a whole gateway before a test service.
#include "gateway/grpc_proxy.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>

#include "absl/time/clock.h"
#include "gateway/testing/test_gateway.h"
#include "jinhuan/alliance/v1/auth_service.grpc.pb.h"
#include "jinhuan/auth/v1/credential_service.grpc.pb.h"
#include "jinhuan/test/v1/echo_service.grpc.pb.h"
#include "platform/rpc/status_conversion.h"
#include "platform/status/error.h"

namespace jinhuan::gateway {
namespace {

using test::v1::EchoService;
using test::v1::SayRequest;
using test::v1::SayResponse;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::Not;
using testing::StartsWith;

constexpr char kCredential[] = "credential-of-someone";

class GrpcProxyTest : public testing::Test {
 protected:
  GrpcProxyTest() : options_(TestOptions(backend_)) {
    backend_.SetCredential(kCredential, "users/u1");
  }

  std::shared_ptr<grpc::Channel> Connect() {
    if (gateway_ == nullptr) {
      auto started = Gateway::Start(options_);
      if (!started.ok()) std::abort();
      gateway_ = *std::move(started);
    }
    return grpc::CreateChannel(fmt::format("127.0.0.1:{}", gateway_->grpc_port()),
                               grpc::InsecureChannelCredentials());
  }
  std::unique_ptr<EchoService::Stub> Echo() { return EchoService::NewStub(Connect()); }
  static void SignIn(grpc::ClientContext& context) {
    context.AddMetadata("authorization", std::string("Bearer ") + kCredential);
  }
  static std::string Reason(const grpc::Status& status) { return ReasonOf(rpc::FromGrpc(status)); }
  static std::string Value(const std::multimap<grpc::string_ref, grpc::string_ref>& metadata,
                           const char* key) {
    return std::string(ValueOf(metadata, key));
  }
  bool Eventually(const std::atomic<int>& counter, int value) {
    const absl::Time deadline = absl::Now() + absl::Seconds(10);
    while (counter != value && absl::Now() < deadline) absl::SleepFor(absl::Milliseconds(1));
    return counter == value;
  }

  TestBackend backend_;
  GatewayOptions options_;
  std::unique_ptr<Gateway> gateway_;
};

TEST_F(GrpcProxyTest, UnaryCallsPassWithMetadata) {
  grpc::ClientContext context;
  SignIn(context);
  context.AddMetadata("x-up", "hello");
  context.AddMetadata("jinhuan-request", "forged");
  context.AddMetadata("jinhuan-caller-bin", "forged");
  context.AddMetadata("jinhuan-client-address", "192.0.2.66");
  context.AddMetadata("jinhuan-client-agent", "forged");
  SayRequest request;
  request.set_text("金环");
  SayResponse response;
  const grpc::Status status = Echo()->Say(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.text(), "金环");
  EXPECT_EQ(response.caller(), "users/u1");
  EXPECT_THAT(
      response.metadata(),
      AllOf(Contains("x-up=hello"), Not(Contains("jinhuan-request=forged")),
            Not(Contains(StartsWith("authorization="))), Contains(StartsWith("traceparent=00-")),
            Contains("jinhuan-client-address=127.0.0.1"),
            Contains(StartsWith("jinhuan-client-agent=grpc-c++/"))));
  EXPECT_THAT(response.metadata(), Not(Contains("jinhuan-client-address=192.0.2.66")));
  EXPECT_THAT(response.metadata(), Not(Contains("jinhuan-client-agent=forged")));
  const auto& leading = context.GetServerInitialMetadata();
  EXPECT_EQ(Value(leading, "x-leading"), "first");
  EXPECT_EQ(Value(leading, "x-leading-bin"), std::string("\x01\xFF", 2));
  EXPECT_EQ(Value(leading, "jinhuan-secret"), "");
  EXPECT_EQ(Value(leading, "x-request-id").size(), 36u);
  EXPECT_EQ(Value(context.GetServerTrailingMetadata(), "x-trailing"), "last");
}

TEST_F(GrpcProxyTest, ErrorsKeepTheirDetails) {
  grpc::ClientContext context;
  SayResponse response;
  const grpc::Status status = Echo()->Fail(&context, {}, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::ABORTED);
  EXPECT_EQ(Reason(status), "ETAG_STALE");
  EXPECT_EQ(status.error_message(), "things/%, 金环 was changed meanwhile; read it again");
  EXPECT_EQ(Value(context.GetServerTrailingMetadata(), "x-trailing"), "last");
}

TEST_F(GrpcProxyTest, MeasuresAMessageAsItUnpacks) {
  const auto look = [stub = Echo()](size_t size) {
    grpc::ClientContext context;
    context.set_compression_algorithm(GRPC_COMPRESS_GZIP);
    SayRequest request;
    request.set_text(std::string(size, 'x'));
    SayResponse response;
    const grpc::Status status = stub->Look(&context, request, &response);
    EXPECT_TRUE(!status.ok() || response.text() == request.text());
    return Reason(status);
  };
  EXPECT_EQ(look(100'000), "");
  EXPECT_EQ(look(16 << 20), "BODY_TOO_LARGE");  // some 16 KiB on the way
}

TEST_F(GrpcProxyTest, WhatHasNoReasonSaysNothingOfTheInside) {
  grpc::ClientContext context;
  test::v1::FailRequest request;
  request.set_raw_code(grpc::StatusCode::INTERNAL);
  SayResponse response;
  const grpc::Status status = Echo()->Fail(&context, request, &response);
  EXPECT_EQ(Reason(status), "INTERNAL");
  EXPECT_EQ(status.error_message().find("secret"), std::string::npos);
}

TEST_F(GrpcProxyTest, NeedsASession) {
  grpc::ClientContext none;
  SayResponse response;
  EXPECT_EQ(Reason(Echo()->Say(&none, {}, &response)), "SIGN_IN_REQUIRED");
  grpc::ClientContext bad;
  bad.AddMetadata("authorization", "Bearer somebody-who-was-here-once");
  EXPECT_EQ(Reason(Echo()->Say(&bad, {}, &response)), "SIGN_IN_REQUIRED");
  grpc::ClientContext cookie;
  cookie.AddMetadata("cookie", std::string("jinhuan_session=") + kCredential);
  EXPECT_EQ(Reason(Echo()->Say(&cookie, {}, &response)), "SIGN_IN_REQUIRED");
}

TEST_F(GrpcProxyTest, InternalMethodsDoNotExist) {
  auto stub = auth::v1::CredentialService::NewStub(Connect());
  grpc::ClientContext context;
  SignIn(context);
  auth::v1::ResolveCredentialResponse response;
  const grpc::Status status = stub->ResolveCredential(&context, {}, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNIMPLEMENTED);
  EXPECT_EQ(Reason(status), "METHOD_UNKNOWN");
}

TEST_F(GrpcProxyTest, ServerStreamsPass) {
  grpc::ClientContext context;
  SignIn(context);
  SayRequest request;
  request.set_number(1000);
  auto reader = Echo()->Count(&context, request);
  SayResponse response;
  int64_t count = 0;
  while (reader->Read(&response)) EXPECT_EQ(response.number(), ++count);
  const grpc::Status status = reader->Finish();
  EXPECT_EQ(count, 1000);
  EXPECT_EQ(response.caller(), "users/u1");
  EXPECT_EQ(Reason(status), "ETAG_STALE");
  EXPECT_EQ(Value(context.GetServerInitialMetadata(), "x-leading"), "first");
  EXPECT_EQ(Value(context.GetServerTrailingMetadata(), "x-trailing"), "last");
}

TEST_F(GrpcProxyTest, ClientStreamsPass) {
  grpc::ClientContext context;
  SayResponse response;
  auto writer = Echo()->Sum(&context, &response);
  SayRequest request;
  for (int i = 1; i <= 100; ++i) {
    request.set_number(i);
    ASSERT_TRUE(writer->Write(request));
  }
  writer->WritesDone();
  EXPECT_TRUE(writer->Finish().ok());
  EXPECT_EQ(response.number(), 5050);
}

TEST_F(GrpcProxyTest, BidiStreamsPassTurnByTurn) {
  grpc::ClientContext context;
  auto stream = Echo()->Chat(&context);
  SayRequest request;
  SayResponse response;
  for (const char* text : {"one", "two", "three"}) {
    request.set_text(text);
    ASSERT_TRUE(stream->Write(request));
    ASSERT_TRUE(stream->Read(&response));
    EXPECT_EQ(response.text(), text);
  }
  stream->WritesDone();
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(GrpcProxyTest, AServiceMayEndAStreamWhileTheClientWrites) {
  grpc::ClientContext context;
  auto stream = Echo()->Chat(&context);
  SayRequest request;
  request.set_text("stop");
  ASSERT_TRUE(stream->Write(request));
  SayResponse response;
  EXPECT_FALSE(stream->Read(&response));
  while (stream->Write(request)) {
  }
  EXPECT_EQ(stream->Finish().error_code(),
            grpc::StatusCode::INTERNAL);  // ABORTED, without a reason
}

TEST_F(GrpcProxyTest, ADeadlineReachesTheService) {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Milliseconds(200)));
  SayResponse response;
  const grpc::Status status = Echo()->Hang(&context, {}, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  EXPECT_TRUE(Eventually(backend_.cancelled, 1));
}

TEST_F(GrpcProxyTest, ACallWithoutItsMessageLosesItsPlace) {
  options_.timeouts.unset = absl::Milliseconds(200);
  options_.max_calls = 1;
  const auto channel = Connect();
  grpc::GenericStub generic(channel);
  grpc::CompletionQueue queue;
  grpc::ClientContext silent;
  SignIn(silent);
  silent.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(10)));
  auto call = generic.PrepareCall(&silent, "/jinhuan.test.v1.EchoService/Say", &queue);
  grpc::Status status;
  void* tag = nullptr;
  bool ok = false;
  call->StartCall(nullptr);
  ASSERT_TRUE(queue.Next(&tag, &ok));
  call->Finish(&status, nullptr);
  ASSERT_TRUE(queue.Next(&tag, &ok));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::CANCELLED);

  auto echo = EchoService::NewStub(channel);
  const absl::Time deadline = absl::Now() + absl::Seconds(10);
  do {  // the client may learn of the end a moment before the place is free
    grpc::ClientContext context;
    SignIn(context);
    SayResponse response;
    status = echo->Say(&context, {}, &response);
  } while (Reason(status) == "OVERLOADED" && absl::Now() < deadline);
  EXPECT_TRUE(status.ok()) << status.error_message();
}

TEST_F(GrpcProxyTest, CancellingReachesTheService) {
  auto echo = Echo();
  grpc::ClientContext unary;
  std::thread caller([&] {
    SayResponse response;
    EXPECT_EQ(echo->Hang(&unary, {}, &response).error_code(), grpc::StatusCode::CANCELLED);
  });
  EXPECT_TRUE(Eventually(backend_.hanging, 1));
  unary.TryCancel();
  caller.join();
  EXPECT_TRUE(Eventually(backend_.cancelled, 1));

  grpc::ClientContext watch;
  SignIn(watch);
  auto reader = echo->Count(&watch, {});
  SayResponse response;
  EXPECT_TRUE(reader->Read(&response));
  watch.TryCancel();
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
  EXPECT_TRUE(Eventually(backend_.cancelled, 2));
}

TEST_F(GrpcProxyTest, AStreamEndsWhenItsSessionIsRevoked) {
  options_.sessions.fresh = absl::Milliseconds(100);
  grpc::ClientContext context;
  SignIn(context);
  auto reader = Echo()->Count(&context, {});
  SayResponse response;
  EXPECT_TRUE(reader->Read(&response));
  backend_.SetCredential(kCredential, "");
  const absl::Time revoked = absl::Now();
  EXPECT_FALSE(reader->Read(&response));
  EXPECT_EQ(Reason(reader->Finish()), "SIGN_IN_REQUIRED");
  EXPECT_LT(absl::Now() - revoked, absl::Seconds(5));
  EXPECT_TRUE(Eventually(backend_.cancelled, 1));
}

TEST_F(GrpcProxyTest, AStreamEndsWhenItsCallerBecomesAnother) {
  options_.sessions.fresh = absl::Milliseconds(100);
  grpc::ClientContext context;
  SignIn(context);
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(10)));
  auto reader = Echo()->Count(&context, {});
  SayResponse response;
  EXPECT_TRUE(reader->Read(&response));
  backend_.SetCredential(kCredential, "users/u2");
  EXPECT_FALSE(reader->Read(&response));
  EXPECT_EQ(Reason(reader->Finish()), "UNAVAILABLE");
  EXPECT_TRUE(Eventually(backend_.cancelled, 1));
}

TEST_F(GrpcProxyTest, LargeMetadataPasses) {
  const std::string large(20'000, 'x');
  grpc::ClientContext context;
  SignIn(context);
  context.AddMetadata("x-up", large);
  SayResponse response;
  const grpc::Status status = Echo()->Say(&context, {}, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  EXPECT_THAT(response.metadata(), Contains("x-up=" + large));
}

TEST_F(GrpcProxyTest, LimitsSigningInTogetherWithHttp) {
  options_.sign_in_burst = 2;
  auto stub = alliance::v1::AuthService::NewStub(Connect());
  alliance::v1::SignInResponse response;
  grpc::ClientContext first;
  EXPECT_TRUE(stub->SignIn(&first, {}, &response).ok());
  HttpClient http(gateway_->http_port());
  EXPECT_EQ(http.Post("/jinhuan.alliance.v1.AuthService/SignIn", "{}").status, 200);
  grpc::ClientContext third;
  EXPECT_EQ(Reason(stub->SignIn(&third, {}, &response)), "RATE_LIMITED");
}

TEST_F(GrpcProxyTest, LimitsWhatNobodyMayWriteTogetherWithHttp) {
  options_.public_write_burst = 2;
  auto echo = Echo();
  const auto fail = [&](bool signed_in) {
    grpc::ClientContext context;
    if (signed_in) SignIn(context);
    SayResponse response;
    return Reason(echo->Fail(&context, {}, &response));
  };
  EXPECT_EQ(fail(false), "ETAG_STALE");
  HttpClient http(gateway_->http_port());
  EXPECT_EQ(http.Post("/jinhuan.test.v1.EchoService/Fail", "{}").status, 409);
  EXPECT_EQ(fail(false), "RATE_LIMITED");
  EXPECT_EQ(fail(true), "ETAG_STALE");  // who is signed in is known
}

TEST_F(GrpcProxyTest, BoundsStreams) {
  options_.max_streams = 1;
  auto echo = Echo();
  grpc::ClientContext first;
  SignIn(first);
  auto reader = echo->Count(&first, {});
  SayResponse response;
  EXPECT_TRUE(reader->Read(&response));
  grpc::ClientContext second;
  SignIn(second);
  auto refused = echo->Count(&second, {});
  EXPECT_FALSE(refused->Read(&response));
  EXPECT_EQ(Reason(refused->Finish()), "OVERLOADED");
  first.TryCancel();
  reader->Finish();
}

TEST_F(GrpcProxyTest, ManyCallsAtOnceComeThrough) {
  auto echo = Echo();
  std::vector<std::thread> threads;
  std::atomic<int> good{0};
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 100; ++i) {
        grpc::ClientContext context;
        SignIn(context);
        SayRequest request;
        request.set_number(i);
        SayResponse response;
        if (echo->Say(&context, request, &response).ok() && response.number() == i) ++good;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good, 800);
  EXPECT_LE(backend_.resolved, 3);  // shared and remembered
}

TEST_F(GrpcProxyTest, DrainEndsStreamsAndLetsCallsFinish) {
  auto echo = Echo();
  grpc::ClientContext watch;
  SignIn(watch);
  auto reader = echo->Count(&watch, {});
  SayResponse response;
  EXPECT_TRUE(reader->Read(&response));
  std::thread client([&] {
    SayResponse last;
    EXPECT_FALSE(reader->Read(&last));
    EXPECT_EQ(Reason(reader->Finish()), "UNAVAILABLE");
  });
  const absl::Time start = absl::Now();
  gateway_->Drain(absl::Seconds(10));
  EXPECT_LT(absl::Now() - start, absl::Seconds(5));
  client.join();
}

TEST_F(GrpcProxyTest, DrainClosesHttpWhileANativeCallIsUnderWay) {
  auto echo = Echo();
  HttpClient http(gateway_->http_port());
  http.Request("GET", "/healthz");
  grpc::ClientContext unary;
  std::thread caller([&] {
    SayResponse response;
    EXPECT_FALSE(echo->Hang(&unary, {}, &response).ok());
  });
  EXPECT_TRUE(Eventually(backend_.hanging, 1));
  const absl::Time start = absl::Now();
  std::thread drain([&] { gateway_->Drain(absl::Seconds(8)); });
  EXPECT_TRUE(http.IsClosed());
  EXPECT_LT(absl::Now() - start, absl::Seconds(4));
  unary.TryCancel();
  caller.join();
  drain.join();
}

TEST_F(GrpcProxyTest, SaysWhenAPortIsTaken) {
  Connect();
  GatewayOptions second = options_;
  second.grpc_listen = fmt::format("127.0.0.1:{}", gateway_->grpc_port());
  EXPECT_TRUE(absl::IsUnavailable(Gateway::Start(second).status()));
}

TEST(PeerAddressTest, ReadsWhatGrpcWrites) {
  EXPECT_EQ(PeerAddress("ipv4:10.0.0.1:4711"), "10.0.0.1");
  EXPECT_EQ(PeerAddress("ipv6:%5B::1%5D:4711"), "::1");
  EXPECT_EQ(PeerAddress("ipv6:[2001:db8::1]:4711"), "2001:db8::1");
  EXPECT_EQ(PeerAddress("unix:/run/x.sock"), "");
  EXPECT_EQ(PeerAddress(""), "");
}

}  // namespace
}  // namespace jinhuan::gateway
