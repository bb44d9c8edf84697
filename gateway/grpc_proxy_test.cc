// Calls and streams pass the native gRPC port as they are, and who may not call does not.
#include "gateway/grpc_proxy.h"

#include <atomic>
#include <thread>
#include <vector>

#include "gateway/grpc_proxy_fixture.h"
#include "jinhuan/auth/v1/credential_service.grpc.pb.h"

namespace jinhuan::gateway {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Not;
using ::testing::StartsWith;

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

TEST_F(GrpcProxyTest, WhatHasNoReasonSaysNothingOfTheInside) {
  grpc::ClientContext context;
  test::v1::FailRequest request;
  request.set_raw_code(grpc::StatusCode::INTERNAL);
  SayResponse response;
  const grpc::Status status = Echo()->Fail(&context, request, &response);
  EXPECT_EQ(Reason(status), "INTERNAL");
  EXPECT_EQ(status.error_message().find("secret"), std::string::npos);
}

TEST_F(GrpcProxyTest, WhoHasNoSessionSignsInFirst) {
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

TEST_F(GrpcProxyTest, AllThatIsPackedInAStreamArrives) {
  grpc::ClientContext context;
  context.set_compression_algorithm(GRPC_COMPRESS_GZIP);
  SayResponse response;
  auto writer = Echo()->Sum(&context, &response);
  SayRequest request;
  request.set_text(std::string(100'000, 'x'));
  for (int i = 1; i <= 300; ++i) {
    request.set_number(i);
    ASSERT_TRUE(writer->Write(request));
  }
  writer->WritesDone();
  const grpc::Status status = writer->Finish();
  EXPECT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.number(), 300 * 301 / 2);
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

TEST_F(GrpcProxyTest, LargeMessagesPass) {
  auto echo = Echo();
  for (const bool packed : {false, true}) {
    grpc::ClientContext context;
    if (packed) context.set_compression_algorithm(GRPC_COMPRESS_GZIP);
    SayRequest request;
    for (int i = 0; i < 400'000; ++i) *request.mutable_text() += std::to_string(i);
    SayResponse response;
    const grpc::Status status = echo->Look(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    EXPECT_TRUE(response.text() == request.text()) << packed;
  }
}

TEST_F(GrpcProxyTest, AMessageIsMeasuredAsItUnpacks) {
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

TEST_F(GrpcProxyTest, ASlowReaderHoldsUpItsServiceAlone) {
  auto echo = Echo();
  grpc::ClientContext slow;
  SignIn(slow);
  SayRequest request;
  request.set_text(std::string(100'000, 'x'));
  request.set_number(400);
  auto reader = echo->Count(&slow, request);
  SayResponse response;
  ASSERT_TRUE(reader->Read(&response));
  for (int i = 0; i < 100; ++i) {
    grpc::ClientContext quick;
    SignIn(quick);
    SayResponse said;
    ASSERT_TRUE(echo->Say(&quick, {}, &said).ok());
  }
  EXPECT_LT(backend_.counted, 400);
  for (int i = 2; i <= 400; ++i) {
    ASSERT_TRUE(reader->Read(&response));
    EXPECT_EQ(response.number(), i);
  }
  EXPECT_FALSE(reader->Read(&response));
  EXPECT_EQ(Reason(reader->Finish()), "ETAG_STALE");
}

TEST_F(GrpcProxyTest, SaysWhenAPortIsTaken) {
  Connect();
  GatewayOptions second = options_;
  second.grpc_listen = fmt::format("127.0.0.1:{}", gateway_->grpc_port());
  EXPECT_TRUE(absl::IsUnavailable(Gateway::Start(second).status()));
}

}  // namespace
}  // namespace jinhuan::gateway
