// What the native gRPC port takes of one client, so that others have their share.
#include <algorithm>
#include <thread>
#include <vector>

#include "gateway/compression.h"
#include "gateway/grpc_proxy_fixture.h"
#include "gateway/testing/memory.h"
#include "jinhuan/alliance/v1/auth_service.grpc.pb.h"

namespace jinhuan::gateway {
namespace {

class GrpcProxyBoundsTest : public GrpcProxyTest {};

TEST_F(GrpcProxyBoundsTest, LimitsSigningInTogetherWithHttp) {
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

TEST_F(GrpcProxyBoundsTest, LimitsWhatNobodyMayWriteTogetherWithHttp) {
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

TEST_F(GrpcProxyBoundsTest, OneStreamTooManyIsRefused) {
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

TEST_F(GrpcProxyBoundsTest, StreamsOfAnAccountHaveABoundWhateverItsSessions) {
  options_.max_streams_per_caller = 1;
  backend_.SetCredential("credential-of-the-same", "users/u1");
  auto echo = Echo();
  grpc::ClientContext first;
  SignIn(first);
  auto reader = echo->Count(&first, {});
  SayResponse response;
  EXPECT_TRUE(reader->Read(&response));
  grpc::ClientContext second;
  second.AddMetadata("authorization", "Bearer credential-of-the-same");
  second.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(10)));
  auto refused = echo->Count(&second, {});
  EXPECT_FALSE(refused->Read(&response));
  EXPECT_EQ(Reason(refused->Finish()), "OVERLOADED");
  first.TryCancel();
  reader->Finish();
}

TEST_F(GrpcProxyBoundsTest, RequestsUnderWayHaveOneBoundOnBothPorts) {
  options_.bodies_limit = 1 << 20;
  Connect();
  FrameClient holder(gateway_->grpc_port());
  const std::string large = Lookable(900'000);
  const auto held = holder.Open({kGrpc}, large.substr(0, large.size() - 1));
  FrameClient client(gateway_->grpc_port());
  EXPECT_TRUE(
      holder.Until([&] { return Reason(StatusIn(client.Ask({kGrpc}, large))) == "OVERLOADED"; }));
  HttpClient http(gateway_->http_port());
  EXPECT_EQ(http.Post("/jinhuan.test.v1.EchoService/Look",
                      "{\"text\":\"" + std::string(900'000, 'x') + "\"}")
                .status,
            429);
  EXPECT_TRUE(StatusIn(client.Ask({kGrpc}, Lookable(1000))).ok());  // what is small has room
  held->stream->Send(large.substr(large.size() - 1));
  held->stream->End();
  EXPECT_TRUE(holder.Until([&] { return held->stream == nullptr; }));
  EXPECT_TRUE(StatusIn(held->last).ok());
  EXPECT_TRUE(StatusIn(client.Ask({kGrpc}, large)).ok());
}

TEST_F(GrpcProxyBoundsTest, WhatIsAnsweredAndNotTakenIsBounded) {
  Connect();
  FrameClient client(gateway_->grpc_port(), 0);
  std::vector<std::shared_ptr<FrameClient::Call>> calls;
  for (int i = 0; i < 150; ++i) {
    calls.push_back(client.Open({kGrpc}, Lookable(500'000)));
    calls.back()->stream->End();
    if (i > 0) continue;
    EXPECT_TRUE(client.Until([&] { return !calls[0]->last.empty(); }));
  }
  const auto open = [&] {
    return std::count_if(calls.begin(), calls.end(),
                         [](const auto& call) { return call->stream != nullptr; });
  };
  EXPECT_TRUE(client.Until([&] { return open() <= 134; })) << open();  // 64 MiB
  EXPECT_EQ(calls[0]->stream, nullptr);                                // the oldest
  client.Until([] { return false; }, absl::Milliseconds(200));
  EXPECT_GT(open(), 100);
}

TEST_F(GrpcProxyBoundsTest, WhatAServiceDoesNotTakeYetIsNotUnpacked) {
  Connect();
  FrameClient client(gateway_->grpc_port(), 0);
  SayRequest request;
  request.set_text(std::string(1 << 20, 'x'));
  const std::string packed = Seal(1, Gzip(request.SerializeAsString()));
  std::string body;
  while (body.size() + packed.size() < 500'000) body += packed;
  const size_t before = BytesInMemory();
  const auto call =
      client.Open({kGrpc, {"grpc-encoding", "gzip"}}, body, "/jinhuan.test.v1.EchoService/Chat");
  EXPECT_TRUE(client.Until([&] { return call->sent == body.size(); }));
  client.Until([] { return false; }, absl::Seconds(1));  // in which it would be unpacked
  EXPECT_NE(call->stream, nullptr);
  EXPECT_LT(BytesInMemory(), before + (100 << 20));
}

TEST_F(GrpcProxyBoundsTest, ACallWhoseMessageIsAwaitedTakesNoPlaceOfOthers) {
  options_.max_calls = 1;
  auto echo = Echo();
  FrameClient silent(gateway_->grpc_port());
  std::vector<std::shared_ptr<FrameClient::Call>> calls;
  for (int i = 0; i < 300; ++i) {
    calls.push_back(silent.Open({kGrpc}, "", "/grpc.health.v1.Health/Check"));
  }
  const auto refused = [&] {
    return std::count_if(calls.begin(), calls.end(), [&](const auto& call) {
      return Reason(StatusIn(call->last)) == "OVERLOADED";
    });
  };
  EXPECT_TRUE(silent.Until([&] { return refused() == 300 - 256; })) << refused();
  ASSERT_NE(calls[9]->stream, nullptr);
  for (size_t i = 0; i < 10; ++i) calls[i]->stream->Reset(NGHTTP2_CANCEL);
  silent.Until([&] { return calls[9]->stream == nullptr; });
  const auto look = [&] {
    grpc::ClientContext context;
    SayResponse response;
    return Reason(echo->Look(&context, {}, &response));
  };
  EXPECT_EQ(look(), "");
  // With its message it takes one.
  grpc::ClientContext hanging;
  std::thread caller([&] {
    SayResponse response;
    EXPECT_FALSE(echo->Hang(&hanging, {}, &response).ok());
  });
  EXPECT_TRUE(Reaches(backend_.hanging, 1));
  EXPECT_EQ(look(), "OVERLOADED");
  hanging.TryCancel();
  caller.join();
}

TEST_F(GrpcProxyBoundsTest, WhoWatchesHealthTakesNoStreamOfOthers) {
  options_.max_streams = 1;
  auto echo = Echo();
  FrameClient client(gateway_->grpc_port());
  std::vector<std::shared_ptr<FrameClient::Call>> calls;
  for (int i = 0; i < 10; ++i) {
    calls.push_back(client.Open({kGrpc}, Seal(0, ""), "/grpc.health.v1.Health/Watch"));
  }
  const auto refused = [&] {
    return std::count_if(calls.begin(), calls.end(), [&](const auto& call) {
      return Reason(StatusIn(call->last)) == "OVERLOADED";
    });
  };
  EXPECT_TRUE(client.Until([&] { return refused() == 2; })) << refused();
  grpc::ClientContext context;
  SignIn(context);
  auto reader = echo->Count(&context, {});
  SayResponse response;
  EXPECT_TRUE(reader->Read(&response));
  context.TryCancel();
  reader->Finish();
}

TEST_F(GrpcProxyBoundsTest, HealthAndReflectionTakeSmallMessagesThatAreNotCompressed) {
  Connect();
  FrameClient client(gateway_->grpc_port());
  for (const char* path : {"/grpc.health.v1.Health/Check", "/grpc.health.v1.Health/Watch",
                           "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"}) {
    const grpc::Status packed =
        StatusIn(client.Ask({kGrpc, {"grpc-encoding", "gzip"}}, Seal(1, Gzip("")), path));
    EXPECT_EQ(packed.error_code(), grpc::StatusCode::UNIMPLEMENTED) << path;
    EXPECT_EQ(Reason(StatusIn(client.Ask({kGrpc}, Lookable(70'000), path))), "BODY_TOO_LARGE");
  }
}

TEST_F(GrpcProxyBoundsTest, WhatIsNoCallCountsAsOne) {
  options_.calls_per_second_per_address = 1;
  const auto fresh = [&] {
    gateway_.reset();
    Connect();
  };
  const std::string unknown = "/jinhuan.test.v1.EchoService/Nothing";
  fresh();
  {
    FrameClient client(gateway_->grpc_port());
    const auto ask = [&] { return Reason(StatusIn(client.Ask({kGrpc}, "", unknown))); };
    EXPECT_EQ(ask(), "METHOD_UNKNOWN");
    EXPECT_EQ(ask(), "METHOD_UNKNOWN");
    EXPECT_EQ(ask(), "RATE_LIMITED");
    EXPECT_EQ(http2::ValueOf(client.Ask({{"content-type", "text/plain"}}, ""), ":status"), "429");
  }
  fresh();
  HttpClient http(gateway_->http_port());
  EXPECT_EQ(http.Post(unknown, "{}").status, 404);
  EXPECT_EQ(http.Request("DELETE", "/jinhuan.test.v1.EchoService/Say").status, 405);
  EXPECT_EQ(http.Post(unknown, "{}").status, 429);
}

TEST_F(GrpcProxyBoundsTest, AHeadTooLargeToSendOnIsToldSo) {
  Connect();
  FrameClient client(gateway_->grpc_port());
  // It comes in below the limit, and with what the service is told it would be above.
  const http2::Fields head = {kGrpc, {"x-up", std::string(65'150, 'x')}};
  EXPECT_EQ(Reason(StatusIn(client.Ask(head, Seal(0, "")))), "BODY_TOO_LARGE");
  EXPECT_TRUE(StatusIn(client.Ask({kGrpc}, Seal(0, ""))).ok());
}

TEST_F(GrpcProxyBoundsTest, NobodysMistakeIsAnothers) {
  Connect();
  FrameClient client(gateway_->grpc_port());
  const auto status = [&](const http2::Fields& more, const std::string& body) {
    const grpc::Status said = StatusIn(client.Ask(more, body));
    return said.ok() ? "OK" : Reason(said);
  };
  const std::string one = Seal(0, "");
  EXPECT_EQ(status({kGrpc}, one), "OK");
  // No base64: a service would end the connection, with the calls of all others on it.
  EXPECT_EQ(status({kGrpc, {"x-bad-bin", "!"}, {"x-good-bin", "AQI"}}, one), "OK");
  EXPECT_EQ(status({kGrpc, {"grpc-timeout", "soon"}}, one), "FIELD_INVALID");
  // Each comma would have the long name again.
  EXPECT_EQ(status({kGrpc, {std::string(30'000, 'x') + "-bin", std::string(30'000, ',')}}, one),
            "OK");
  EXPECT_EQ(status({kGrpc}, Seal(7, "")), "MALFORMED_BODY");
  EXPECT_EQ(status({kGrpc}, Seal(0, "cut short").substr(0, 9)), "MALFORMED_BODY");
  for (const std::string& body : {std::string(), one + one}) {
    EXPECT_EQ(StatusIn(client.Ask({kGrpc}, body)).error_code(), grpc::StatusCode::UNIMPLEMENTED);
  }
  EXPECT_EQ(http2::ValueOf(client.Ask({{"content-type", "text/plain"}}, one), ":status"), "415");
  // Its answer names it, and must not be too large to be sent.
  EXPECT_EQ(Reason(StatusIn(client.Ask({kGrpc}, one, "/" + std::string(50'000, 'x')))),
            "METHOD_UNKNOWN");
  EXPECT_EQ(status({kGrpc}, one), "OK");
}

}  // namespace
}  // namespace jinhuan::gateway
