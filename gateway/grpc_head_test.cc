#include "gateway/grpc_head.h"

#include <gtest/gtest.h>

#include "platform/status/error.h"

namespace jinhuan::gateway {
namespace {

TEST(GrpcHeadTest, IsAPostOfGrpc) {
  const auto is = [](const char* method, const char* type) {
    return IsGrpc({{":method", method}, {"content-type", type}});
  };
  for (const char* type : {"application/grpc", "application/grpc+proto", "application/grpc;v=1"}) {
    EXPECT_TRUE(is("POST", type)) << type;
    EXPECT_FALSE(is("GET", type)) << type;
  }
  for (const char* type : {"", "application/grp", "application/grpc-web", "application/json"}) {
    EXPECT_FALSE(is("POST", type)) << type;
  }
}

TEST(GrpcTimeoutTest, HasDigitsAndAUnit) {
  EXPECT_EQ(*ReadGrpcTimeout(""), std::nullopt);
  EXPECT_EQ(*ReadGrpcTimeout("250m"), absl::Milliseconds(250));
  EXPECT_EQ(*ReadGrpcTimeout("99999999H"), absl::Hours(99'999'999));
  EXPECT_EQ(*ReadGrpcTimeout("0n"), absl::ZeroDuration());
  for (const char* bad : {"5", "m", "-1S", "123456789S", "1 S", "1s", "1.5S"}) {
    EXPECT_EQ(ReasonOf(ReadGrpcTimeout(bad).status()), "FIELD_INVALID") << bad;
  }
}

TEST(GrpcTimeoutTest, IsWrittenInTheSmallestUnitThatHoldsIt) {
  EXPECT_EQ(GrpcTimeout(absl::Milliseconds(15)), "15000000n");
  EXPECT_EQ(GrpcTimeout(absl::Seconds(15)), "15000000u");
  EXPECT_EQ(GrpcTimeout(absl::Hours(27)), "97200000m");
  EXPECT_EQ(GrpcTimeout(-absl::Seconds(1)), "0n");
  for (const absl::Duration timeout :
       {absl::Nanoseconds(1), absl::Milliseconds(123), absl::Hours(50)}) {
    EXPECT_EQ(*ReadGrpcTimeout(GrpcTimeout(timeout)), timeout);
  }
}

TEST(StatusFieldsTest, ComeBackAsTheyWere) {
  const grpc::Status status(grpc::StatusCode::ABORTED, "100% 金环\n",
                            std::string("\x08\x0A\0x", 4));
  const http2::Fields fields = FieldsOf(status);
  for (const http2::Field& field : fields) {
    for (const char c : field.value) EXPECT_TRUE(c >= 0x20 && c <= 0x7E) << field.name;
  }
  const grpc::Status back = StatusIn(fields);
  EXPECT_EQ(back.error_code(), status.error_code());
  EXPECT_EQ(back.error_message(), status.error_message());
  EXPECT_EQ(back.error_details(), status.error_details());
  EXPECT_TRUE(StatusIn(FieldsOf(grpc::Status::OK)).ok());
}

TEST(StatusFieldsTest, WhatIsNoStatusIsUnknown) {
  for (const char* bad : {"", "x", "17", "-1", "5 "}) {
    EXPECT_EQ(StatusIn({{"grpc-status", bad}}).error_code(), grpc::StatusCode::UNKNOWN) << bad;
  }
  EXPECT_EQ(StatusIn({}).error_code(), grpc::StatusCode::UNKNOWN);
  EXPECT_EQ(StatusIn({{"grpc-status", "5"}, {"grpc-message", "50%"}}).error_message(), "50%");
}

}  // namespace
}  // namespace jinhuan::gateway
