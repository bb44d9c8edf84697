#include "gateway/metadata.h"

#include <gmock/gmock.h>

namespace jinhuan::gateway {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

ReceivedMetadata Received(const std::vector<std::pair<const char*, const char*>>& entries) {
  ReceivedMetadata metadata;
  for (const auto& [key, value] : entries) metadata.emplace(key, value);
  return metadata;
}

TEST(ValueOfTest, TheLastValueCounts) {
  const ReceivedMetadata metadata =
      Received({{"x-forwarded-for", "forged"}, {"x-a", "1"}, {"x-forwarded-for", "10.0.0.1"}});
  EXPECT_EQ(ValueOf(metadata, "x-forwarded-for"), "10.0.0.1");
  EXPECT_EQ(ValueOf(metadata, "x-b"), "");
}

http2::Fields Up(const http2::Fields& from) {
  http2::Fields to;
  PassUp(from, to);
  return to;
}

MATCHER_P2(Says, name, value, "") { return arg.name == name && arg.value == value; }

TEST(PassUpTest, NothingOfTheSuitesOwnComesFromOutside) {
  EXPECT_THAT(Up({{":path", "/x"},
                  {"jinhuan-caller-bin", "eA"},
                  {"jinhuan-request", "x"},
                  {"jinhuan-credential", "x"},
                  {"jinhuan-session", "x"},
                  {"authorization", "Bearer x"},
                  {"cookie", "x"},
                  {"x-request-id", "x"},
                  {"user-agent", "x"},
                  {"grpc-timeout", "1S"}}),
              IsEmpty());
  EXPECT_THAT(
      PassUp(std::vector<http::Header>{
          {"jinhuan-caller-bin", "eA"}, {"authorization", "Bearer x"}, {"traceparent", "x"}}),
      IsEmpty());
}

TEST(PassUpTest, TheRestPasses) {
  EXPECT_THAT(Up({{"x-a", "1"}, {"x-a", "2"}, {"x-b-bin", "AQ, Ag=="}}),
              ElementsAre(Says("x-a", "1"), Says("x-a", "2"), Says("x-b-bin", "AQ"),
                          Says("x-b-bin", "Ag")));
  EXPECT_THAT(PassUp(std::vector<http::Header>{{"x-a", "1, 2"}, {"x-b-bin", "AQ, Ag=="}}),
              ElementsAre(Pair("x-a", "1, 2"), Pair("x-b-bin", "\x01"), Pair("x-b-bin", "\x02")));
}

TEST(PassUpTest, ManyBytesInOneFieldHaveABound) {
  std::string list;
  for (int i = 0; i < 100; ++i) list += std::string(1336, 'A') + ",";  // 1002 bytes each
  const auto passed = PassUp(std::vector<http::Header>{{"x-bin", list}});
  EXPECT_EQ(passed.size(), kMaxMetadataBytes / (1002 + 5 + 32));
}

TEST(PassUpTest, WhatBrowsersAddStaysHere) {
  EXPECT_THAT(PassUp(std::vector<http::Header>{{"accept", "*/*"},
                                               {"accept-encoding", "br"},
                                               {"sec-fetch-site", "same-origin"},
                                               {"origin", "http://x"},
                                               {"referer", "http://x/"},
                                               {"content-length", "2"},
                                               {"host", "x"},
                                               {"connect-protocol-version", "1"},
                                               {"x-forwarded-for", "10.0.0.1"}}),
              IsEmpty());
}

TEST(PassUpTest, WhatGrpcWouldRefuseIsLeftOut) {
  EXPECT_THAT(
      PassUp(std::vector<http::Header>{
          {"x-umlaut", "\xC3\xA4"}, {"x-tab", "a\tb"}, {"x(y)", "1"}, {"x-bin", "not base64!"}}),
      IsEmpty());
  EXPECT_THAT(Up({{"x-umlaut", "\xC3\xA4"}, {"x(y)", "1"}, {"x-bin", "not base64!"}}), IsEmpty());
}

TEST(PassDownTest, KeepsTheSuitesOwnBack) {
  EXPECT_THAT(PassDown(Received(
                  {{"jinhuan-session", "x"}, {"grpc-status-details-bin", "x"}, {"x-a", "1"}})),
              ElementsAre(Pair("x-a", "1")));
}

TEST(AppendHeadersTest, EncodesBytes) {
  std::vector<http::Header> headers;
  AppendHeaders({{"x-a", "1"}, {"x-b-bin", "\xFB\xFF"}}, "Trailer-", headers);
  ASSERT_EQ(headers.size(), 2u);
  EXPECT_EQ(headers[0].name, "Trailer-x-a");
  EXPECT_EQ(headers[1].value, "+/8");
}

}  // namespace
}  // namespace jinhuan::gateway
