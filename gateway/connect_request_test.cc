#include "gateway/connect_request.h"

#include <gtest/gtest.h>

#include "gateway/compression.h"
#include "gateway/error_json.h"
#include "platform/status/error.h"

namespace jinhuan::gateway {
namespace {

http::Request Get(std::string query) {
  http::Request request;
  request.method = "GET";
  request.query = std::move(query);
  return request;
}

TEST(ReadGetTest, ReadsJsonAndBinary) {
  const auto json = ReadGet(Get("connect=v1&encoding=json&message=%7B%22a%22%3A1%7D"));
  ASSERT_TRUE(json.ok()) << json.status();
  EXPECT_TRUE(json->json);
  EXPECT_EQ(json->message, R"({"a":1})");
  const auto binary = ReadGet(Get("message=-_8&base64=1&encoding=proto"));
  ASSERT_TRUE(binary.ok()) << binary.status();
  EXPECT_FALSE(binary->json);
  EXPECT_EQ(binary->message, "\xFB\xFF");
}

TEST(ReadGetTest, Decompresses) {
  std::string packed = Base64(Gzip("{}"));
  for (char& c : packed) c = c == '+' ? '-' : c == '/' ? '_' : c;
  const auto read = ReadGet(Get("encoding=json&compression=gzip&base64=1&message=" + packed));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->message, "{}");
}

TEST(ReadGetTest, RefusesWhatIsMissingOrWrong) {
  const std::pair<const char*, const char*> cases[] = {
      {"encoding=json", "FIELD_REQUIRED"},
      {"message=%7B%7D", "FIELD_INVALID"},
      {"encoding=xml&message=", "FIELD_INVALID"},
      {"connect=v2&encoding=json&message=", "FIELD_INVALID"},
      {"encoding=proto&base64=1&message=!!", "MALFORMED_BODY"},
      {"encoding=json&compression=gzip&message=x", "MALFORMED_BODY"},
  };
  for (const auto& [query, reason] : cases) {
    EXPECT_EQ(ReasonOf(ReadGet(Get(query)).status()), reason) << query;
  }
  EXPECT_TRUE(
      absl::IsUnimplemented(ReadGet(Get("encoding=json&compression=br&message=x")).status()));
}

TEST(ReadPostTest, ReadsAndDecompresses) {
  http::Request request;
  request.body = Gzip("{}");
  request.headers = {{"content-encoding", "gzip"}, {"connect-protocol-version", "1"}};
  EXPECT_EQ(ReadPost(request, true)->message, "{}");
  request.body = "";
  EXPECT_EQ(ReadPost(request, true)->message, "");
}

TEST(ReadPostTest, RefusesWhatIsWrong) {
  http::Request version;
  version.headers = {{"connect-protocol-version", "2"}};
  EXPECT_EQ(ReasonOf(ReadPost(version, true).status()), "FIELD_INVALID");
  http::Request large;
  large.body_too_large = true;
  EXPECT_EQ(ReasonOf(ReadPost(large, true).status()), "BODY_TOO_LARGE");
  http::Request bomb;
  bomb.headers = {{"content-encoding", "gzip"}};
  bomb.body = Gzip(std::string(kMaxBodyBytes + 1, 'x'));
  EXPECT_EQ(ReasonOf(ReadPost(bomb, true).status()), "BODY_TOO_LARGE");
  http::Request zstd;
  zstd.headers = {{"content-encoding", "zstd"}};
  zstd.body = "x";
  const absl::Status unknown = ReadPost(zstd, true).status();
  EXPECT_TRUE(absl::IsUnimplemented(unknown));
  EXPECT_EQ(ReasonOf(unknown), "COMPRESSION_UNKNOWN");
}

TEST(ContentTypeTest, KnowsThoseOfConnect) {
  bool json = false;
  EXPECT_TRUE(IsConnectContent("application/json", json) && json);
  EXPECT_TRUE(IsConnectContent("Application/JSON ; charset=utf-8", json) && json);
  EXPECT_TRUE(IsConnectContent("application/proto", json) && !json);
  for (const char* other : {"", "text/plain", "application/jsonx", "application/connect+json",
                            "application/grpc", "multipart/form-data"}) {
    EXPECT_FALSE(IsConnectContent(other, json)) << other;
  }
}

TEST(ReadTimeoutTest, TakesOneToTenDigits) {
  EXPECT_EQ(*ReadTimeout(""), std::nullopt);
  EXPECT_EQ(*ReadTimeout("0"), absl::ZeroDuration());
  EXPECT_EQ(*ReadTimeout("1500"), absl::Milliseconds(1500));
  EXPECT_EQ(*ReadTimeout("9999999999"), absl::Milliseconds(9'999'999'999));
  for (const char* wrong : {"12345678901", "-1", "+1", "1.5", "1s", " 1", "x"}) {
    EXPECT_EQ(ReasonOf(ReadTimeout(wrong).status()), "FIELD_INVALID") << wrong;
  }
}

}  // namespace
}  // namespace jinhuan::gateway
