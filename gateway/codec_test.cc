#include "gateway/codec.h"

#include <gmock/gmock.h>

#include "jinhuan/test/v1/echo_service.pb.h"
#include "platform/status/error.h"

namespace jinhuan::gateway::codec {
namespace {

using jinhuan::test::v1::SayRequest;
using testing::HasSubstr;

const auto& kType = *SayRequest::descriptor();

SayRequest Parse(std::string_view json) {
  SayRequest request;
  const auto binary = FromJson(kType, json);
  EXPECT_TRUE(binary.ok()) << binary.status();
  if (binary.ok()) {
    EXPECT_TRUE(request.ParseFromString(*binary));
  }
  return request;
}

TEST(FromJsonTest, FollowsTheProto3Mapping) {
  EXPECT_EQ(Parse(R"({"text": "金环", "number": "9007199254740993"})").number(), 9007199254740993);
  EXPECT_EQ(Parse(R"({"someTime": "2026-01-02T03:04:05.5Z"})").some_time().nanos(), 500'000'000);
  EXPECT_EQ(Parse(R"({"some_time": null, "text": null})").ByteSizeLong(), 0u);
  EXPECT_EQ(Parse("").ByteSizeLong(), 0u);
  EXPECT_EQ(Parse("{}").ByteSizeLong(), 0u);
}

TEST(FromJsonTest, KnowsTheTypesInsideAny) {
  const auto request = Parse(
      R"({"anything": {"@type": "type.googleapis.com/jinhuan.test.v1.SayRequest", "text": "x"}})");
  SayRequest inner;
  ASSERT_TRUE(request.anything().UnpackTo(&inner));
  EXPECT_EQ(inner.text(), "x");
}

TEST(FromJsonTest, SaysWhatIsWrongAndWhere) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"txet": "x"})", "txet"},
      {R"({"number": "x"})", "number"},
      {R"({"text": 1})", ""},
      {R"({"someTime": "yesterday"})", "some"},
      {R"({"text": "x")", ""},
      {"[]", ""},
      {"null", ""},
      {"\"x\"", ""},
      {R"({"anything": {"@type": "type.googleapis.com/no.Such", "x": 1}})", ""},
  };
  for (const auto& [json, word] : cases) {
    const absl::Status status = FromJson(kType, json).status();
    EXPECT_EQ(ReasonOf(status), "MALFORMED_BODY") << json;
    EXPECT_THAT(std::string(status.message()), HasSubstr(word)) << json;
    EXPECT_EQ(std::string(status.message()).find('\n'), std::string::npos) << json;
  }
}

TEST(FromJsonTest, NamesTheFieldForTheForm) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"txet": "x"})", "txet"},
      {R"({"number": "x"})", "number"},
      {R"({"someTime": {"secs": 1}})", "some_time.secs"},
  };
  for (const auto& [json, field] : cases) {
    const auto payload =
        FromJson(kType, json).status().GetPayload("type.googleapis.com/google.rpc.BadRequest");
    google::rpc::BadRequest details;
    ASSERT_TRUE(payload.has_value() && details.ParseFromString(std::string(*payload))) << json;
    ASSERT_EQ(details.field_violations_size(), 1) << json;
    EXPECT_EQ(details.field_violations(0).field(), field) << json;
  }
  EXPECT_FALSE(FromJson(kType, "[}")
                   .status()
                   .GetPayload("type.googleapis.com/google.rpc.BadRequest")
                   .has_value());
}

TEST(FromJsonTest, BearsDeepNestingAndBadBytes) {
  EXPECT_FALSE(FromJson(kType, std::string(100'000, '[')).ok());
  EXPECT_FALSE(FromJson(kType, "{\"text\": \"\xFF\xFE\"}").ok());
}

TEST(ToJsonTest, LeavesDefaultsOut) {
  SayRequest request;
  request.set_text("金环\n");
  request.set_number(5);
  request.mutable_some_time()->set_seconds(0);
  EXPECT_EQ(*ToJson(kType, request.SerializeAsString()),
            R"({"text":"金环\n","number":"5","someTime":"1970-01-01T00:00:00Z"})");
  EXPECT_EQ(*ToJson(kType, ""), "{}");
  EXPECT_FALSE(ToJson(kType, "\xFF").ok());
}

TEST(CheckBinaryTest, TellsMessagesFromNoise) {
  EXPECT_TRUE(CheckBinary(kType, "").ok());
  EXPECT_EQ(ReasonOf(CheckBinary(kType, "\xFF\xFF")), "MALFORMED_BODY");
}

}  // namespace
}  // namespace jinhuan::gateway::codec
