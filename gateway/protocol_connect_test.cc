// The HTTP port of a whole gateway before a test service.
#include "gateway/protocol_connect.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "absl/strings/match.h"
#include "absl/time/clock.h"
#include "gateway/compression.h"
#include "gateway/testing/test_gateway.h"
#include "jinhuan/test/v1/echo_service.pb.h"

namespace jinhuan::gateway {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr char kSay[] = "/jinhuan.test.v1.EchoService/Say";
constexpr char kLook[] = "/jinhuan.test.v1.EchoService/Look";
constexpr char kFail[] = "/jinhuan.test.v1.EchoService/Fail";
constexpr char kHang[] = "/jinhuan.test.v1.EchoService/Hang";
constexpr char kHandOver[] = "/jinhuan.test.v1.EchoService/HandOver";
constexpr char kSignIn[] = "/jinhuan.alliance.v1.AuthService/SignIn";
constexpr char kCredential[] = "credential-of-someone";

class ConnectTest : public testing::Test {
 protected:
  ConnectTest() : options_(TestOptions(backend_)) {
    backend_.SetCredential(kCredential, "users/u1");
  }

  HttpClient Connect() {
    if (gateway_ == nullptr) {
      auto started = Gateway::Start(options_);
      if (!started.ok()) std::abort();
      gateway_ = *std::move(started);
    }
    return HttpClient(gateway_->http_port());
  }
  static http::Header Session() {
    return {"Cookie", std::string("jinhuan_session=") + kCredential};
  }
  static http::Header Bearer() { return {"Authorization", std::string("Bearer ") + kCredential}; }

  TestBackend backend_;
  GatewayOptions options_;
  std::unique_ptr<Gateway> gateway_;
};

TEST_F(ConnectTest, AnswersJson) {
  HttpClient client = Connect();
  const auto answer = client.Post(kSay, R"({"text":"金环","number":"7"})", {Session()});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.Get("content-type"), "application/json");
  EXPECT_EQ(answer.Get("cache-control"), "no-store");
  EXPECT_EQ(answer.Get("x-content-type-options"), "nosniff");
  EXPECT_THAT(answer.body, StartsWith(R"({"text":"金环","number":"7","caller":"users/u1")"));
}

TEST_F(ConnectTest, ARefusedCredentialIsAskedAboutOnce) {
  HttpClient client = Connect();
  const http::Header bad = {"Authorization", "Bearer somebody-who-was-here-once"};
  EXPECT_EQ(client.Post(kSay, "{}", {bad}).status, 401);
  EXPECT_EQ(client.Post(kSay, "{}", {bad}).status, 401);
  EXPECT_EQ(backend_.resolved, 1);
}

TEST_F(ConnectTest, ACredentialThatAServiceRefusesIsAskedAboutAgain) {
  HttpClient client = Connect();
  client.Post(kFail, R"({"rawCode":16})", {Bearer()});
  EXPECT_EQ(client.Post(kSay, "{}", {Bearer()}).status, 200);
  EXPECT_EQ(backend_.resolved, 2);
}

TEST_F(ConnectTest, AnErrorMayComeWithMuchMetadata) {
  HttpClient client = Connect();
  EXPECT_THAT(client.Post(kFail, R"({"metadataSize":40000})").body, HasSubstr("ETAG_STALE"));
}

TEST_F(ConnectTest, AnswersBinary) {
  HttpClient client = Connect();
  test::v1::SayRequest request;
  request.set_text("金环");
  const auto answer = client.Request(
      "POST", kSay, {{"Content-Type", "application/proto"}, Bearer()}, request.SerializeAsString());
  EXPECT_EQ(answer.Get("content-type"), "application/proto");
  test::v1::SayResponse response;
  ASSERT_TRUE(response.ParseFromString(answer.body));
  EXPECT_EQ(response.text(), "金环");
}

TEST_F(ConnectTest, AnswersGetOfAMethodWithoutSideEffects) {
  HttpClient client = Connect();
  const std::string query = "?connect=v1&encoding=json&message=%7B%22number%22%3A3%7D";
  EXPECT_THAT(client.Request("GET", kLook + query).body, HasSubstr(R"("number":"3")"));
  const auto refused = client.Request("GET", kSay + query);
  EXPECT_EQ(refused.status, 405);
  EXPECT_EQ(refused.Get("allow"), "POST");
  EXPECT_EQ(client.Request("PUT", kLook).status, 405);
}

TEST_F(ConnectTest, PassesMetadataBothWays) {
  HttpClient client = Connect();
  const auto answer = client.Post(
      kLook, "{}",
      {{"X-Up", "hello"}, {"X-Up-Bin", "AQI="}, {"Accept", "*/*"}, {"Jinhuan-Request", "forged"}});
  EXPECT_THAT(answer.body, AllOf(HasSubstr("x-up=hello"), HasSubstr("x-up-bin=\\u0001\\u0002"),
                                 Not(HasSubstr("accept=")), Not(HasSubstr("forged"))));
  EXPECT_EQ(answer.Get("x-leading"), "first");
  EXPECT_EQ(answer.Get("x-leading-bin"), "Af8");
  EXPECT_EQ(answer.Get("trailer-x-trailing"), "last");
  EXPECT_EQ(answer.Get("jinhuan-secret"), "");
}

TEST_F(ConnectTest, TakesRequestIdAndTraceOn) {
  HttpClient client = Connect();
  const std::string id = "01a20955-e8da-71a9-840b-e3e6e2a209dc";
  const std::string trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  const auto kept = client.Post(kLook, "{}", {{"X-Request-Id", id}, {"Traceparent", trace}});
  EXPECT_EQ(kept.Get("x-request-id"), id);
  EXPECT_EQ(kept.Count("x-request-id"), 1);
  EXPECT_THAT(kept.body,
              AllOf(HasSubstr("jinhuan-request=" + id), HasSubstr("traceparent=" + trace)));
  const auto made = client.Post(kLook, "{}", {{"X-Request-Id", "mine"}, {"Traceparent", "mine"}});
  EXPECT_EQ(made.Get("x-request-id").size(), 36u);
  EXPECT_THAT(made.body, AllOf(HasSubstr("jinhuan-request=" + made.Get("x-request-id")),
                               HasSubstr("traceparent=00-")));
}

TEST_F(ConnectTest, AnErrorKeepsItsDetails) {
  HttpClient client = Connect();
  const auto answer = client.Post(kFail, "{}");
  EXPECT_EQ(answer.status, 409);
  EXPECT_EQ(answer.Get("content-type"), "application/json");
  EXPECT_EQ(answer.Get("trailer-x-trailing"), "last");
  EXPECT_EQ(answer.Get("x-request-id").size(), 36u);
  EXPECT_THAT(answer.body,
              AllOf(HasSubstr(R"("code":"aborted")"), HasSubstr("google.rpc.ErrorInfo"),
                    HasSubstr("things/%, 金环"), HasSubstr("LocalizedMessage")));
}

TEST_F(ConnectTest, WhatHasNoReasonSaysNothingOfTheInside) {
  HttpClient client = Connect();
  const std::pair<int, const char*> cases[] = {{2, "INTERNAL"},
                                               {13, "INTERNAL"},
                                               {4, "DEADLINE_EXCEEDED"},
                                               {14, "OUTCOME_UNKNOWN"},
                                               {12, "METHOD_UNKNOWN"}};
  for (const auto& [code, reason] : cases) {
    const auto answer = client.Post(kFail, fmt::format(R"({{"rawCode":{}}})", code));
    EXPECT_THAT(answer.body, AllOf(HasSubstr(reason), Not(HasSubstr("secret")))) << code;
  }
}

TEST_F(ConnectTest, RefusesBadRequests) {
  HttpClient client = Connect();
  EXPECT_EQ(client.Post(kLook, R"({"txet":"x"})").status, 400);
  EXPECT_THAT(client.Post(kLook, "{").body, HasSubstr("MALFORMED_BODY"));
  EXPECT_THAT(client.Post(kLook, "{}", {{"Connect-Protocol-Version", "2"}}).body,
              HasSubstr("FIELD_INVALID"));
  EXPECT_THAT(client.Post(kLook, "{}", {{"Connect-Timeout-Ms", "soon"}}).body,
              HasSubstr("FIELD_INVALID"));
  const auto brotli = client.Post(kLook, "{}", {{"Content-Encoding", "br"}});
  EXPECT_EQ(brotli.status, 501);
  EXPECT_EQ(brotli.Get("accept-encoding"), "gzip");
  const auto text = client.Request("POST", kLook, {{"Content-Type", "text/plain"}}, "{}");
  EXPECT_EQ(text.status, 415);
  EXPECT_EQ(text.Get("accept-post"), "application/json, application/proto");
  const auto noise = client.Request("POST", kLook, {{"Content-Type", "application/proto"}}, "\xFF");
  EXPECT_THAT(noise.body, HasSubstr("MALFORMED_BODY"));
}

TEST_F(ConnectTest, UnknownAndInternalMethodsLookTheSame) {
  HttpClient client = Connect();
  for (const char* path : {"/jinhuan.auth.v1.CredentialService/ResolveCredential",
                           "/jinhuan.test.v1.EchoService/NoSuch", "/no.Such/Thing"}) {
    const auto answer = client.Post(path, "{}", {Bearer()});
    EXPECT_EQ(answer.status, 404) << path;
    EXPECT_THAT(answer.body,
                AllOf(HasSubstr(R"("code":"unimplemented")"), HasSubstr("METHOD_UNKNOWN")));
  }
  EXPECT_EQ(client.Request("GET", "/jinhuan.auth.v1.CredentialService/ResolveCredential").status,
            404);
}

TEST_F(ConnectTest, AStreamHasAContentTypeOfItsOwn) {
  HttpClient client = Connect();
  const auto answer = client.Post("/jinhuan.test.v1.EchoService/Count", "{}", {Bearer()});
  EXPECT_EQ(answer.status, 415);
  EXPECT_THAT(answer.body, HasSubstr(R"("code":"unimplemented")"));
}

TEST_F(ConnectTest, LimitsBodies) {
  HttpClient client = Connect();
  const std::string large = R"({"text":")" + std::string(7 << 20, 'x') + R"("})";
  const auto packed = client.Post(kLook, Gzip(large), {{"Content-Encoding", "gzip"}});
  EXPECT_EQ(packed.status, 429);
  EXPECT_THAT(packed.body, HasSubstr("BODY_TOO_LARGE"));
  const auto plain = client.Post(kLook, large);
  EXPECT_EQ(plain.status, 429);
  EXPECT_EQ(plain.Get("connection"), "close");
  const std::string fits = R"({"text":")" + std::string(1 << 20, 'x') + R"("})";
  HttpClient second = Connect();
  EXPECT_EQ(second.Post(kLook, fits).status, 200);
  EXPECT_EQ(second.Post(kLook, Gzip(fits), {{"Content-Encoding", "gzip"}}).status, 200);
  // As much as a file of 3 MiB in base64, and no more than a service takes.
  const std::string file = R"({"text":")" + std::string(4 << 20, 'x').substr(64) + R"("})";
  EXPECT_EQ(second.Post(kLook, file).status, 200);
}

TEST_F(ConnectTest, RequestsCountUnpacked) {
  options_.bodies_limit = 1 << 20;
  HttpClient client = Connect();
  const auto ask = [&](size_t size) {
    const std::string text = R"({"text":")" + std::string(size, 'x') + R"("})";
    return client.Post(kLook, Gzip(text), {{"Content-Encoding", "gzip"}});
  };
  const auto refused = ask(2 << 20);
  EXPECT_EQ(refused.status, 429);
  EXPECT_THAT(refused.body, HasSubstr("OVERLOADED"));
  EXPECT_EQ(refused.Get("connection"), "keep-alive");
  EXPECT_EQ(ask(900'000).status, 200);
  EXPECT_EQ(ask(900'000).status, 200);  // what is answered counts no more
}

TEST_F(ConnectTest, CompressesLargeAnswers) {
  HttpClient client = Connect();
  const std::string request = R"({"text":")" + std::string(5000, 'x') + R"("})";
  const auto packed = client.Post(kLook, request, {{"Accept-Encoding", "br, gzip"}});
  EXPECT_EQ(packed.Get("content-encoding"), "gzip");
  EXPECT_LT(packed.body.size(), 1000u);
  EXPECT_THAT(*Gunzip(packed.body, 1 << 20), HasSubstr("xxxxx"));
  EXPECT_EQ(client.Post(kLook, request).Get("content-encoding"), "");
  EXPECT_EQ(client.Post(kLook, "{}", {{"Accept-Encoding", "gzip"}}).Get("content-encoding"), "");
}

TEST_F(ConnectTest, ATimeoutReachesTheService) {
  HttpClient client = Connect();
  const auto answer = client.Post(kHang, "{}", {{"Connect-Timeout-Ms", "1000"}});
  EXPECT_EQ(answer.status, 504);
  EXPECT_THAT(answer.body, HasSubstr("DEADLINE_EXCEEDED"));
  const absl::Time deadline = absl::Now() + absl::Seconds(10);
  while (backend_.cancelled < 1 && absl::Now() < deadline) absl::SleepFor(absl::Milliseconds(1));
  EXPECT_EQ(backend_.cancelled, 1);
}

TEST_F(ConnectTest, AClientThatLeavesCancelsItsCall) {
  HttpClient client = Connect();
  client.Send(
      fmt::format("POST {} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                  "Content-Length: 2\r\n\r\n{{}}",
                  kHang));
  while (backend_.hanging < 1) absl::SleepFor(absl::Milliseconds(1));
  client.Close();
  const absl::Time deadline = absl::Now() + absl::Seconds(10);
  while (backend_.cancelled < 1 && absl::Now() < deadline) absl::SleepFor(absl::Milliseconds(1));
  EXPECT_EQ(backend_.cancelled, 1);
}

TEST_F(ConnectTest, NeedsASessionUnlessTheMethodIsPublic) {
  HttpClient client = Connect();
  const auto none = client.Post(kSay, "{}");
  EXPECT_EQ(none.status, 401);
  EXPECT_THAT(none.body, HasSubstr("SIGN_IN_REQUIRED"));
  const http::Header bad = {"Cookie", "jinhuan_session=somebody-who-was-here-once"};
  EXPECT_EQ(client.Post(kSay, "{}", {bad}).status, 401);
  const auto open = client.Post(kLook, "{}", {bad});
  EXPECT_EQ(open.status, 200);
  EXPECT_THAT(open.body, AllOf(Not(HasSubstr("caller\":")), Not(HasSubstr("jinhuan-credential"))));
  // Authorise before validating.
  EXPECT_EQ(client.Post(kSay, "{").status, 401);
}

TEST_F(ConnectTest, ACookieDoesNotWorkFromAnotherOrigin) {
  HttpClient client = Connect();
  for (const char* origin :
       {"http://evil.test", "null", "http://jinhuan.test.evil.test", "http://jinhuan.test:81"}) {
    EXPECT_EQ(client.Post(kSay, "{}", {Session(), {"Origin", origin}}).status, 401) << origin;
  }
  EXPECT_EQ(client.Post(kSay, "{}", {Session(), {"Origin", "http://jinhuan.test"}}).status, 200);
  EXPECT_EQ(client.Post(kSay, "{}", {Bearer(), {"Origin", "http://evil.test"}}).status, 200);
}

TEST_F(ConnectTest, ASessionBecomesACookieAndIsNoHeader) {
  HttpClient client = Connect();
  const auto begun = client.Post(kHandOver, R"({"text":"token"})");
  EXPECT_EQ(begun.Get("set-cookie"), "jinhuan_session=token; HttpOnly; SameSite=Strict; Path=/");
  EXPECT_EQ(begun.Get("jinhuan-session"), "");
  const auto ended = client.Post(kHandOver, "{}");
  EXPECT_THAT(ended.Get("set-cookie"), HasSubstr("jinhuan_session=; HttpOnly"));
  EXPECT_THAT(ended.Get("set-cookie"), HasSubstr("Max-Age=0"));
}

TEST_F(ConnectTest, TheCookieIsSecureBehindATrustedProxyOnTls) {
  options_.trusted_proxies = {"127.0.0.1"};
  HttpClient client = Connect();
  const http::Header tls = {"X-Forwarded-Proto", "https"};
  EXPECT_THAT(client.Post(kHandOver, R"({"text":"t"})", {tls}).Get("set-cookie"),
              HasSubstr("; Secure"));
  EXPECT_THAT(client.Post(kHandOver, R"({"text":"t"})").Get("set-cookie"),
              Not(HasSubstr("; Secure")));
}

TEST_F(ConnectTest, NobodyIsTrustedToSpeakOfTlsUnasked) {
  HttpClient client = Connect();
  const http::Header tls = {"X-Forwarded-Proto", "https"};
  EXPECT_THAT(client.Post(kHandOver, R"({"text":"t"})", {tls}).Get("set-cookie"),
              Not(HasSubstr("; Secure")));
}

TEST_F(ConnectTest, SigningOutForgetsTheSessionAtOnce) {
  HttpClient client = Connect();
  EXPECT_EQ(client.Post(kSay, "{}", {Session()}).status, 200);
  EXPECT_EQ(client.Post(kSay, "{}", {Session()}).status, 200);
  EXPECT_EQ(backend_.resolved, 1);
  backend_.SetCredential(kCredential, "");
  client.Post(kHandOver, "{}", {Session()});
  EXPECT_EQ(client.Post(kSay, "{}", {Session()}).status, 401);
}

TEST_F(ConnectTest, SaysUnavailableWhenSessionsCannotBeResolved) {
  backend_.resolves = false;
  HttpClient client = Connect();
  const auto answer = client.Post(kSay, "{}", {Session()});
  EXPECT_EQ(answer.status, 503);
  EXPECT_THAT(answer.body, HasSubstr("UNAVAILABLE"));
  EXPECT_EQ(client.Post(kLook, "{}", {Session()}).status, 200);
}

TEST_F(ConnectTest, LimitsSigningInPerAddress) {
  options_.sign_in_burst = 2;
  options_.trusted_proxies = {"127.0.0.1"};
  HttpClient client = Connect();
  const auto from = [&](const char* address) {
    return client.Post(kSignIn, "{}", {{"X-Forwarded-For", address}});
  };
  EXPECT_EQ(from("10.0.0.1").status, 200);
  EXPECT_EQ(from("1.2.3.4, 10.0.0.1").status, 200);
  const auto refused = from("5.6.7.8, 10.0.0.1");
  EXPECT_EQ(refused.status, 429);
  EXPECT_THAT(refused.body, AllOf(HasSubstr("RATE_LIMITED"), HasSubstr("retry_seconds")));
  EXPECT_EQ(from("10.0.0.2").status, 200);
}

TEST_F(ConnectTest, AForgedSourceAddressDoesNotHelp) {
  options_.sign_in_burst = 1;
  HttpClient client = Connect();
  EXPECT_EQ(client.Post(kSignIn, "{}", {{"X-Forwarded-For", "10.0.0.1"}}).status, 200);
  EXPECT_EQ(client.Post(kSignIn, "{}", {{"X-Forwarded-For", "10.0.0.2"}}).status, 429);
}

TEST_F(ConnectTest, RefusesOneCallTooManyAtOnce) {
  options_.max_calls = 1;
  HttpClient busy = Connect();
  busy.Send(
      fmt::format("POST {} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                  "Connect-Timeout-Ms: 2000\r\nContent-Length: 2\r\n\r\n{{}}",
                  kHang));
  while (backend_.hanging < 1) absl::SleepFor(absl::Milliseconds(1));
  HttpClient client = Connect();
  const auto refused = client.Post(kLook, "{}");
  EXPECT_EQ(refused.status, 429);
  EXPECT_THAT(refused.body, HasSubstr("OVERLOADED"));
  EXPECT_EQ(busy.Receive().status, 504);
  EXPECT_EQ(client.Post(kLook, "{}").status, 200);
}

TEST_F(ConnectTest, HealthNamesTheServiceThatIsMissing) {
  options_.backends.push_back({"gone", "unix:/nonexistent/gone.sock", "jinhuan.gone.v1"});
  HttpClient client = Connect();
  const auto serves = [](const HttpAnswer& answer, std::string_view service) {
    return absl::StrContains(answer.body, fmt::format(R"("{}":"SERVING")", service));
  };
  HttpAnswer answer;
  const absl::Time deadline = absl::Now() + absl::Seconds(10);
  do {
    answer = client.Request("GET", "/healthz");
  } while (!(serves(answer, "echo") && serves(answer, "alliance-svc")) && absl::Now() < deadline);
  EXPECT_EQ(answer.status, 503);
  EXPECT_THAT(answer.body,
              AllOf(HasSubstr(R"("ready":false)"), HasSubstr(R"("gone":"NOT_SERVING")"),
                    HasSubstr(R"("alliance-svc":"SERVING")")));
}

TEST_F(ConnectTest, BecomesHealthy) {
  HttpClient client = Connect();
  const absl::Time deadline = absl::Now() + absl::Seconds(10);
  HttpAnswer answer;
  do {
    answer = client.Request("GET", "/healthz");
  } while (answer.status != 200 && absl::Now() < deadline);
  EXPECT_EQ(answer.body,
            "{\"ready\":true,\"services\":{\"alliance-svc\":\"SERVING\",\"echo\":\"SERVING\"}}\n");
}

TEST_F(ConnectTest, AGoneServiceIsUnavailable) {
  options_.backends[1].target = "unix:/nonexistent/gone.sock";
  HttpClient client = Connect();
  const auto answer = client.Post(kSay, "{}", {Session()});
  EXPECT_EQ(answer.status, 503);
  EXPECT_THAT(answer.body, AllOf(HasSubstr("\"UNAVAILABLE\""), Not(HasSubstr("gone.sock"))));
}

}  // namespace
}  // namespace jinhuan::gateway
