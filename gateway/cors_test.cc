#include "gateway/cors.h"

#include <gtest/gtest.h>

namespace jinhuan::gateway {
namespace {

http::Request From(const char* origin, const char* method = "POST") {
  http::Request request;
  request.method = method;
  request.headers = {{"origin", origin}};
  return request;
}

http::Request Preflight(const char* origin) {
  http::Request request = From(origin, "OPTIONS");
  request.headers.push_back({"access-control-request-method", "POST"});
  request.headers.push_back({"access-control-request-headers", "authorization,x-grpc-web"});
  return request;
}

std::string Value(const http::Response& answer, std::string_view name) {
  for (const http::Header& header : answer.headers) {
    if (header.name == name) return header.value;
  }
  return "";
}

http::Response Allowed(const Cors& cors, const char* origin) {
  http::Response answer{.status = 200, .headers = {{"Content-Type", "a/b"}, {"x-mine", "1"}}};
  cors.Allow(origin, answer);
  return answer;
}

TEST(CorsTest, NobodyIsAllowedUnlessSaidSo) {
  const Cors none({});
  EXPECT_FALSE(none.Preflight(Preflight("https://a.example")).has_value());
  EXPECT_EQ(Allowed(none, "https://a.example").headers.size(), 2u);
}

TEST(CorsTest, AnAllowedPageAsksAndCalls) {
  const Cors cors({"https://a.example"});
  const auto answer = cors.Preflight(Preflight("https://a.example"));
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, 204);
  EXPECT_EQ(Value(*answer, "Access-Control-Allow-Headers"), "authorization,x-grpc-web");
  EXPECT_FALSE(cors.Preflight(From("https://a.example", "OPTIONS")).has_value());
  EXPECT_FALSE(cors.Preflight(From("https://a.example")).has_value());
}

TEST(CorsTest, AnAllowedPageReadsTheAnswerWithItsHeaders) {
  const auto answer = Allowed(Cors({"https://a.example"}), "https://a.example");
  EXPECT_EQ(Value(answer, "Access-Control-Allow-Origin"), "https://a.example");
  EXPECT_EQ(Value(answer, "Access-Control-Expose-Headers"), "Content-Type, x-mine");
  EXPECT_EQ(Value(answer, "Vary"), "Origin");
}

TEST(CorsTest, AnotherPageIsNot) {
  const Cors cors({"https://a.example"});
  for (const char* origin : {"https://b.example", "http://a.example", "https://a.example.b", ""}) {
    EXPECT_FALSE(cors.Preflight(Preflight(origin)).has_value()) << origin;
    EXPECT_EQ(Allowed(cors, origin).headers.size(), 2u) << origin;
  }
}

TEST(CorsTest, CookiesAreNeverAllowed) {
  EXPECT_EQ(Value(Allowed(Cors({"*"}), "https://a.example"), "Access-Control-Allow-Credentials"),
            "");
}

}  // namespace
}  // namespace jinhuan::gateway
