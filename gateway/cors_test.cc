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

std::string Value(const std::vector<http::Header>& headers, const char* name) {
  for (const http::Header& header : headers) {
    if (header.name == name) return header.value;
  }
  return "";
}

TEST(CorsTest, NobodyIsAllowedUnlessSaidSo) {
  const Cors none({});
  EXPECT_FALSE(none.IsPreflight(Preflight("https://a.example")));
  EXPECT_TRUE(none.HeadersFor(From("https://a.example")).empty());
}

TEST(CorsTest, AnAllowedPageAsksAndCalls) {
  const Cors cors({"https://a.example"});
  EXPECT_TRUE(cors.IsPreflight(Preflight("https://a.example")));
  const auto answer = cors.HeadersFor(Preflight("https://a.example"));
  EXPECT_EQ(Value(answer, "Access-Control-Allow-Origin"), "https://a.example");
  EXPECT_EQ(Value(answer, "Access-Control-Allow-Headers"), "authorization,x-grpc-web");
  EXPECT_EQ(Value(cors.HeadersFor(From("https://a.example")), "Access-Control-Allow-Origin"),
            "https://a.example");
}

TEST(CorsTest, AnotherPageIsNot) {
  const Cors cors({"https://a.example"});
  for (const char* origin : {"https://b.example", "http://a.example", "https://a.example.b", ""}) {
    EXPECT_FALSE(cors.IsPreflight(Preflight(origin))) << origin;
    EXPECT_TRUE(cors.HeadersFor(From(origin)).empty()) << origin;
  }
}

TEST(CorsTest, CookiesAreNeverAllowed) {
  const Cors any({"*"});
  EXPECT_EQ(Value(any.HeadersFor(From("https://a.example")), "Access-Control-Allow-Credentials"),
            "");
}

}  // namespace
}  // namespace jinhuan::gateway
