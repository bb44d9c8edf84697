#include "platform/status/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "absl/strings/cord.h"
#include "google/rpc/code.pb.h"
#include "jinhuan/alliance/v1/error_reason.pb.h"
#include "jinhuan/error/v1/table_reason.pb.h"
#include "jinhuan/meeting/v1/error_reason.pb.h"
#include "jinhuan/resource/v1/error_reason.pb.h"

namespace jinhuan {
namespace {

using ::testing::ElementsAre;
using ::testing::IsSubsetOf;
using ::testing::Pair;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

template <class Message>
Message Payload(const absl::Status& status) {
  const auto payload =
      status.GetPayload("type.googleapis.com/" + Message::descriptor()->full_name());
  Message message;
  EXPECT_TRUE(payload.has_value() && message.ParseFromString(std::string(*payload)))
      << Message::descriptor()->full_name();
  return message;
}

TEST(ErrorTest, CarriesCodeTextAndBothPayloads) {
  const absl::Status status =
      Error(error::v1::COMMON_REASON_RATE_LIMITED, {{"retry_seconds", "30"}});
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(std::string(status.message()), "too many attempts; try again in 30 s");
  EXPECT_EQ(ReasonOf(status), "RATE_LIMITED");
  const auto info = Payload<google::rpc::ErrorInfo>(status);
  EXPECT_EQ(info.domain(), "jinhuan.error.v1");
  EXPECT_THAT(info.metadata(), UnorderedElementsAre(Pair("retry_seconds", "30")));
  const auto localized = Payload<google::rpc::LocalizedMessage>(status);
  EXPECT_EQ(localized.locale(), "zh-CN");
  EXPECT_EQ(localized.message(), "尝试次数过多，请 30 秒后再试");
}

TEST(ErrorTest, NamesTheServiceThatDeclaresTheReason) {
  const absl::Status status = Error(meeting::v1::ERROR_REASON_NOT_INVITED, {{"name", "n"}});
  EXPECT_EQ(Payload<google::rpc::ErrorInfo>(status).domain(), "jinhuan.meeting.v1");
  EXPECT_EQ(ReasonOf(status), "NOT_INVITED");
}

TEST(ErrorTest, ReasonOfAnyOtherStatusIsEmpty) {
  EXPECT_EQ(ReasonOf(absl::OkStatus()), "");
  EXPECT_EQ(ReasonOf(absl::InternalError("x")), "");
}

TEST(ViolationsTest, TellsAllOfThemAndIsTheErrorOfTheFirst) {
  Violations violations;
  EXPECT_TRUE(violations.ToStatus().ok());
  violations.Require("booking.plate", false);
  violations.Check("page_size", false, "0 or more", "0 或以上");
  violations.Add("name", error::v1::COMMON_REASON_NAME_INVALID, {{"pattern", "alliances/*"}});
  const absl::Status status = violations.ToStatus();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(status), "FIELD_REQUIRED");
  const auto request = Payload<google::rpc::BadRequest>(status);
  ASSERT_THAT(request.field_violations(), SizeIs(3));
  EXPECT_EQ(request.field_violations(0).field(), "booking.plate");
  EXPECT_EQ(request.field_violations(1).reason(), "FIELD_INVALID");
  EXPECT_EQ(request.field_violations(1).description(), "page_size must be 0 or more");
  EXPECT_EQ(request.field_violations(1).localized_message().message(),
            "填写不正确，应为：0 或以上");
  EXPECT_EQ(request.field_violations(2).localized_message().message(),
            "资源名称格式应为 alliances/*");
}

TEST(ViolationsTest, CheckTextCountsCodePointsAndRefusesControls) {
  const auto reason = [](std::string_view text, size_t min, size_t max) {
    Violations violations;
    const bool valid = violations.CheckText("f", text, min, max);
    EXPECT_EQ(valid, violations.empty());
    return ReasonOf(violations.ToStatus());
  };
  EXPECT_EQ(reason("党建🚗", 1, 3), "");
  EXPECT_EQ(reason("党建🚗!", 1, 3), "FIELD_INVALID");
  EXPECT_EQ(reason("", 1, 3), "FIELD_REQUIRED");
  EXPECT_EQ(reason("", 0, 3), "");
  EXPECT_EQ(reason("a", 2, 3), "FIELD_INVALID");
  EXPECT_EQ(reason("a\nb", 1, 3), "");
  EXPECT_EQ(reason("a\r\nb", 1, 4), "");
  EXPECT_EQ(reason("a\tb", 1, 3), "");  // from a table
  EXPECT_EQ(reason("a\x0B", 1, 3), "FIELD_INVALID");
  EXPECT_EQ(reason("a\x7F", 1, 3), "FIELD_INVALID");
  EXPECT_EQ(reason(std::string_view("\0", 1), 1, 3), "FIELD_INVALID");
  EXPECT_EQ(reason("\xE5\x85", 1, 3), "FIELD_INVALID");
}

TEST(ViolationsTest, WhatIsLeftEmptyOrBlankIsRequiredWhateverItsLength) {
  for (const char* blank : {"", " ", "\n", "\t\r\n", "\u3000", "\u00A0 \u3000"}) {
    Violations violations;
    EXPECT_FALSE(violations.CheckText("f", blank, 2, 60)) << blank;
    EXPECT_EQ(ReasonOf(violations.ToStatus()), "FIELD_REQUIRED") << blank;
    EXPECT_TRUE(Violations().CheckText("f", blank, 0, 60)) << blank;
  }
  Violations violations;
  violations.CheckText("f", "\u3000党建\u3000", 1, 60);
  EXPECT_TRUE(violations.empty());
  violations.CheckText("f", "a\x01", 1, 60);
  EXPECT_EQ(std::string(violations.ToStatus().message()), "f must be without control characters");
}

std::set<std::string> Placeholders(const std::string& text) {
  static const std::regex kPlaceholder("\\{[a-z_]+\\}");
  return {std::sregex_token_iterator(text.begin(), text.end(), kPlaceholder),
          std::sregex_token_iterator()};
}

TEST(ReasonTest, EveryReasonHasItsCodeAndTexts) {
  for (const auto* type :
       {error::v1::CommonReason_descriptor(), error::v1::TableReason_descriptor(),
        alliance::v1::ErrorReason_descriptor(), resource::v1::ErrorReason_descriptor(),
        meeting::v1::ErrorReason_descriptor()}) {
    ASSERT_GT(type->value_count(), 1) << type->full_name();
    for (int i = 0; i < type->value_count(); ++i) {
      const auto& value = *type->value(i);
      SCOPED_TRACE(value.full_name());
      const auto& text = value.options().GetExtension(error::v1::text);
      if (value.number() == 0) {
        EXPECT_FALSE(value.options().HasExtension(error::v1::text));
        continue;
      }
      EXPECT_NE(text.code(), google::rpc::OK);
      EXPECT_TRUE(google::rpc::Code_IsValid(text.code()));
      EXPECT_FALSE(text.en().empty());
      EXPECT_FALSE(text.zh().empty());
      // The Chinese text may leave out what a person needs not be told, such as
      // a resource name, but knows nothing that the English does not; only a
      // rule is told in each language.
      std::set<std::string> en = Placeholders(text.en());
      if (en.contains("{rule}")) en.insert("{rule_zh}");
      EXPECT_THAT(Placeholders(text.zh()), IsSubsetOf(en));
    }
  }
}

}  // namespace
}  // namespace jinhuan
