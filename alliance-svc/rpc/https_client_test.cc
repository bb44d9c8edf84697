#include "alliance-svc/rpc/https_client.h"

#include <gtest/gtest.h>

#include "absl/time/clock.h"

namespace jinhuan::alliance {
namespace {

TEST(HttpsClientTest, AsksByHttpsOrOnThisMachine) {
  for (const char* url : {"https://id.example/keys", "http://127.0.0.1:8/", "http://localhost:8"}) {
    EXPECT_TRUE(IsSafeUrl(url)) << url;
  }
  for (const char* url : {"", "http://id.example/keys", "ftp://id.example", "file:///etc/passwd",
                          "http://127.0.0.1.example/", "http://127.0.0.1:8@id.example/"}) {
    EXPECT_FALSE(IsSafeUrl(url)) << url;
    EXPECT_TRUE(absl::IsUnavailable(Ask({.url = url}, absl::InfiniteFuture()).status())) << url;
  }
}

TEST(HttpsClientTest, AsksNothingWithoutTimeLeft) {
  const auto answer = Ask({.url = "https://127.0.0.1:1/"}, absl::Now());
  EXPECT_EQ(answer.status().message(), "no time left");
}

TEST(HttpsClientTest, EncodesForAnAddress) {
  EXPECT_EQ(UrlEncoded("https://a.b/c?d=e&f g"), "https%3A%2F%2Fa.b%2Fc%3Fd%3De%26f%20g");
  EXPECT_EQ(UrlEncoded(""), "");
}

}  // namespace
}  // namespace jinhuan::alliance
