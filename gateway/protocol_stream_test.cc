// Server streams and gRPC-Web on the HTTP port of a whole gateway before a test service.
#include "gateway/protocol_stream.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <thread>

#include "absl/time/clock.h"
#include "gateway/compression.h"
#include "gateway/envelope.h"
#include "gateway/testing/test_gateway.h"
#include "jinhuan/test/v1/echo_service.pb.h"
#include "platform/testing/eventually.h"

namespace jinhuan::gateway {
namespace {

using std::string_literals::operator""s;
using ::testing::AllOf;
using testing::Eventually;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kCount[] = "/jinhuan.test.v1.EchoService/Count";
constexpr char kLook[] = "/jinhuan.test.v1.EchoService/Look";
constexpr char kFail[] = "/jinhuan.test.v1.EchoService/Fail";
constexpr char kJson[] = "application/connect+json";
constexpr char kCredential[] = "credential-of-someone";

class StreamTest : public ::testing::Test {
 protected:
  StreamTest() : options_(TestOptions(backend_)) {
    backend_.SetCredential(kCredential, "users/u1");
    options_.sessions.fresh = absl::Milliseconds(100);
  }

  HttpClient Connect() {
    if (gateway_ == nullptr) {
      auto started = Gateway::Start(options_);
      if (!started.ok()) std::abort();
      gateway_ = *std::move(started);
    }
    return HttpClient(gateway_->http_port());
  }
  static HttpAnswer Call(HttpClient& client, const char* path, const std::string& type,
                         const std::string& body, std::vector<http::Header> headers = {},
                         const std::string& credential = kCredential) {
    headers.push_back({"Content-Type", type});
    headers.push_back({"Authorization", fmt::format("Bearer {}", credential)});
    return client.Request("POST", path, headers, body);
  }
  // A stream by Connect as JSON that has sent its first message.
  static void Watch(HttpClient& client, std::vector<http::Header> headers = {}) {
    EXPECT_EQ(Call(client, kCount, kJson, Seal(0, "{}"), std::move(headers)).status, 200);
    EXPECT_THAT(client.ReceiveChunk().value_or(""), HasSubstr(R"("number":"1")"));
  }
  // How a stream ends, for whatever cause.
  static std::string EndOf(HttpClient& client) {
    const std::string end = client.ReceiveChunk().value_or("");
    EXPECT_THAT(end, StartsWith("\x02"));
    EXPECT_EQ(client.ReceiveChunk(), "");
    return end;
  }

  TestBackend backend_;
  GatewayOptions options_;
  std::unique_ptr<Gateway> gateway_;
};

TEST_F(StreamTest, AnswersJsonMessageByMessage) {
  HttpClient client = Connect();
  const auto head = Call(client, kCount, kJson, Seal(0, R"({"number":2})"));
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.Get("content-type"), kJson);
  EXPECT_EQ(head.Get("transfer-encoding"), "chunked");
  EXPECT_EQ(head.Get("x-leading"), "first");
  EXPECT_EQ(head.Get("x-request-id").size(), 36u);
  for (const char* number : {R"("number":"1")", R"("number":"2")"}) {
    const std::string message = client.ReceiveChunk().value_or("");
    EXPECT_THAT(message, AllOf(StartsWith("\0\0\0\0"s), HasSubstr(number)));
    EXPECT_EQ(message.size(), 5u + static_cast<uint8_t>(message[4]));
  }
  EXPECT_THAT(EndOf(client), AllOf(HasSubstr(R"("error":{"code":"aborted")"),
                                   HasSubstr("ETAG_STALE"), HasSubstr("google.rpc.ErrorInfo"),
                                   HasSubstr(R"("metadata":{"x-trailing":["last"])")));
  // The connection is good for another call.
  EXPECT_EQ(client.Request("GET", "/healthz").Get("content-type"), "application/json");
}

TEST_F(StreamTest, AnswersBinary) {
  HttpClient client = Connect();
  test::v1::SayRequest request;
  request.set_number(1);
  Call(client, kCount, "application/connect+proto", Seal(0, request.SerializeAsString()));
  test::v1::SayResponse response;
  ASSERT_TRUE(response.ParseFromString(client.ReceiveChunk().value_or("").substr(5)));
  EXPECT_EQ(response.number(), 1);
  EXPECT_EQ(response.caller(), "users/u1");
  EXPECT_THAT(EndOf(client), HasSubstr("ETAG_STALE"));
}

TEST_F(StreamTest, AClientThatLeavesCancelsItsCall) {
  HttpClient client = Connect();
  Watch(client);
  client.Close();
  EXPECT_TRUE(Eventually([&] { return backend_.cancelled == 1; }));
}

TEST_F(StreamTest, ATimeoutReachesTheService) {
  HttpClient client = Connect();
  Watch(client, {{"Connect-Timeout-Ms", "1500"}});
  EXPECT_THAT(EndOf(client), AllOf(HasSubstr("deadline_exceeded"), HasSubstr("DEADLINE_EXCEEDED")));
}

// 40 MB, of which what the sockets hold is on its way and no more.
TEST_F(StreamTest, ASlowReaderHoldsUpItsServiceAlone) {
  HttpClient slow = Connect();
  const std::string text(100'000, 'x');
  Call(slow, kCount, kJson, Seal(0, R"({"number":400,"text":")" + text + R"("})"));
  HttpClient watching = Connect();
  Watch(watching);
  HttpClient quick = Connect();
  for (int i = 0; i < 100; ++i) ASSERT_EQ(quick.Post(kLook, "{}").status, 200);
  EXPECT_LT(backend_.counted, 400);
  for (int i = 1; i <= 400; ++i) {
    ASSERT_THAT(slow.ReceiveChunk().value_or("").substr(100'000),
                HasSubstr("\"number\":\"" + std::to_string(i) + "\""));
  }
  EXPECT_THAT(EndOf(slow), HasSubstr("ETAG_STALE"));
}

TEST_F(StreamTest, EndsWithItsSession) {
  HttpClient client = Connect();
  Watch(client);
  backend_.SetCredential(kCredential, "");
  EXPECT_THAT(EndOf(client), AllOf(HasSubstr("unauthenticated"), HasSubstr("SIGN_IN_REQUIRED")));
}

TEST_F(StreamTest, EndsWhenItsCallerIsAnother) {
  HttpClient client = Connect();
  Watch(client);
  backend_.SetCredential(kCredential, "users/u2");
  EXPECT_THAT(EndOf(client), HasSubstr("UNAVAILABLE"));
}

TEST_F(StreamTest, EndsWhenItCannotBeLearntWhoseItIs) {
  options_.sessions.stale = absl::Seconds(1);
  HttpClient client = Connect();
  Watch(client, {{"Connect-Timeout-Ms", "9000"}});
  backend_.resolves = false;
  EXPECT_THAT(EndOf(client), HasSubstr("UNAVAILABLE"));
}

TEST_F(StreamTest, DrainEndsItSoThatTheClientComesBack) {
  HttpClient client = Connect();
  Watch(client);
  const absl::Time start = absl::Now();
  std::thread drain([&] { gateway_->Drain(absl::Seconds(60)); });
  EXPECT_THAT(EndOf(client), AllOf(HasSubstr("unavailable"), HasSubstr("UNAVAILABLE")));
  EXPECT_TRUE(client.IsClosed());
  drain.join();
  EXPECT_LT(absl::Now() - start, absl::Seconds(30));
}

TEST_F(StreamTest, BoundsStreamsInAll) {
  options_.max_streams = 1;
  HttpClient first = Connect();
  Watch(first);
  HttpClient second = Connect();
  const auto refused = Call(second, kCount, kJson, Seal(0, "{}"));
  EXPECT_EQ(refused.status, 200);
  EXPECT_THAT(refused.body, AllOf(StartsWith("\x02"), HasSubstr("OVERLOADED")));
}

TEST_F(StreamTest, BoundsStreamsOfOneCaller) {
  options_.max_streams_per_caller = 1;
  backend_.SetCredential("credential-of-another", "users/u2");
  HttpClient first = Connect();
  Watch(first);
  HttpClient second = Connect();
  EXPECT_THAT(Call(second, kCount, kJson, Seal(0, "{}")).body, HasSubstr("OVERLOADED"));
  // A unary call is no stream.
  EXPECT_EQ(
      second.Post(kLook, "{}", {{"Authorization", fmt::format("Bearer {}", kCredential)}}).status,
      200);
  Call(second, kCount, kJson, Seal(0, R"({"number":1})"), {}, "credential-of-another");
  EXPECT_THAT(second.ReceiveChunk().value_or(""), HasSubstr("users/u2"));
  EXPECT_THAT(EndOf(second), HasSubstr("ETAG_STALE"));
  // Who leaves makes room.
  first.Close();
  EXPECT_TRUE(Eventually([&] {
    const auto answer = Call(second, kCount, kJson, Seal(0, R"({"number":1})"));
    return answer.body.find("OVERLOADED") == std::string::npos;
  }));
  EXPECT_THAT(second.ReceiveChunk().value_or(""), HasSubstr("users/u1"));
}

TEST_F(StreamTest, AllSessionsOfAnAccountCountTogether) {
  options_.max_streams_per_caller = 1;
  backend_.SetCredential("credential-of-the-same", "users/u1");
  HttpClient first = Connect();
  Watch(first);
  HttpClient second = Connect();
  EXPECT_THAT(Call(second, kCount, kJson, Seal(0, "{}"), {}, "credential-of-the-same").body,
              HasSubstr("OVERLOADED"));
  first.Close();
  EXPECT_TRUE(Eventually([&] {
    const auto answer =
        Call(second, kCount, kJson, Seal(0, R"({"number":1})"), {}, "credential-of-the-same");
    return answer.body.find("OVERLOADED") == std::string::npos;
  }));
  EXPECT_THAT(second.ReceiveChunk().value_or(""), HasSubstr("users/u1"));
}

TEST_F(StreamTest, RequestsCountUnpacked) {
  options_.bodies_limit = 1 << 20;
  HttpClient client = Connect();
  const auto ask = [&](size_t size) {
    const std::string text = R"({"number":1,"text":")" + std::string(size, 'x') + R"("})";
    return Call(client, kCount, kJson, Seal(Envelope::kCompressed, Gzip(text)),
                {{"Connect-Content-Encoding", "gzip"}})
        .body;
  };
  EXPECT_THAT(ask(2 << 20), HasSubstr("OVERLOADED"));
  EXPECT_EQ(ask(900'000), "");  // it comes in pieces
  EXPECT_THAT(client.ReceiveChunk().value_or(""), HasSubstr("xxxx"));
}

TEST_F(StreamTest, RefusalsComeInTheLastEnvelope) {
  HttpClient client = Connect();
  const auto end = [&](const char* path, const std::string& body,
                       std::vector<http::Header> headers = {}) {
    const auto answer = Call(client, path, kJson, body, std::move(headers));
    EXPECT_EQ(answer.status, 200);
    EXPECT_THAT(answer.body, StartsWith("\x02"));
    return answer.body;
  };
  EXPECT_THAT(end(kCount, "\0\0"s), HasSubstr("MALFORMED_BODY"));
  EXPECT_THAT(end(kCount, Seal(0, "{")), HasSubstr("MALFORMED_BODY"));
  EXPECT_THAT(end(kCount, Seal(Envelope::kCompressed, "{}")),
              AllOf(HasSubstr("internal"), HasSubstr("COMPRESSION_UNNAMED")));
  EXPECT_THAT(end(kCount, Seal(0, "{}"), {{"Connect-Content-Encoding", "br"}}),
              AllOf(HasSubstr("unimplemented"), HasSubstr("COMPRESSION_UNKNOWN")));
  EXPECT_THAT(end(kCount, Seal(0, "{}") + Seal(0, "{}")),
              AllOf(HasSubstr("unimplemented"), HasSubstr("ONE_MESSAGE_WANTED")));
  EXPECT_THAT(end(kCount, "\0\xFF\xFF\xFF\xFF"s), HasSubstr("BODY_TOO_LARGE"));
  EXPECT_THAT(end(kCount, Seal(0, "{}"), {{"Connect-Timeout-Ms", "soon"}}),
              HasSubstr("FIELD_INVALID"));
  for (const char* path : {kLook, "/jinhuan.test.v1.EchoService/Sum", "/no.Such/Thing",
                           "/jinhuan.auth.v1.CredentialService/ResolveCredential"}) {
    EXPECT_THAT(end(path, Seal(0, "{}")), HasSubstr("METHOD_UNKNOWN")) << path;
  }
  const auto nobody = client.Request("POST", kCount, {{"Content-Type", kJson}}, Seal(0, "{}"));
  EXPECT_THAT(nobody.body, HasSubstr("SIGN_IN_REQUIRED"));
  const auto put = client.Request("PUT", kCount, {{"Content-Type", kJson}});
  EXPECT_EQ(put.status, 405);
  EXPECT_EQ(put.Get("allow"), "POST");
}

TEST_F(StreamTest, WebTakesUnaryCallsToo) {
  HttpClient client = Connect();
  test::v1::SayRequest request;
  request.set_text("金环");
  const auto head =
      Call(client, kLook, "application/grpc-web+proto", Seal(0, request.SerializeAsString()));
  EXPECT_EQ(head.Get("content-type"), "application/grpc-web+proto");
  EXPECT_EQ(head.Get("x-leading"), "first");
  test::v1::SayResponse response;
  ASSERT_TRUE(response.ParseFromString(client.ReceiveChunk().value_or("").substr(5)));
  EXPECT_EQ(response.text(), "金环");
  EXPECT_THAT(
      client.ReceiveChunk().value_or(""),
      AllOf(StartsWith("\x80"), HasSubstr("grpc-status: 0\r\n"), HasSubstr("x-trailing: last")));
  EXPECT_EQ(client.ReceiveChunk(), "");
}

TEST_F(StreamTest, WebSaysInTrailersWhyItFailed) {
  HttpClient client = Connect();
  const auto refused = Call(client, kFail, "application/grpc-web", Seal(0, ""));
  EXPECT_EQ(refused.status, 200);
  const std::string end = refused.body.empty() ? client.ReceiveChunk().value_or("") : refused.body;
  EXPECT_THAT(
      end, AllOf(StartsWith("\x80"), HasSubstr("grpc-status: 10\r\n"), HasSubstr("grpc-message: "),
                 HasSubstr("grpc-status-details-bin: "), Not(HasSubstr("金环"))));
}

TEST_F(StreamTest, WebStreams) {
  HttpClient client = Connect();
  test::v1::SayRequest request;
  request.set_number(2);
  Call(client, kCount, "application/grpc-web", Seal(0, request.SerializeAsString()));
  for (int i = 1; i <= 2; ++i) {
    test::v1::SayResponse response;
    ASSERT_TRUE(response.ParseFromString(client.ReceiveChunk().value_or("").substr(5)));
    EXPECT_EQ(response.number(), i);
  }
  EXPECT_THAT(client.ReceiveChunk().value_or(""), HasSubstr("grpc-status: 10\r\n"));
}

}  // namespace
}  // namespace jinhuan::gateway
