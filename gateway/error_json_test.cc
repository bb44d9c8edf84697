#include "gateway/error_json.h"

#include <gmock/gmock.h>

#include "google/rpc/status.pb.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/rpc/status_conversion.h"
#include "platform/status/error.h"

namespace jinhuan::gateway {
namespace {

using testing::HasSubstr;

TEST(ErrorJsonTest, EveryCodeHasItsNameAndStatus) {
  struct Row {
    int code;
    const char* name;
    int http;
  };
  // connectrpc.com/docs/protocol#error-codes
  const Row rows[] = {{1, "canceled", 499},
                      {2, "unknown", 500},
                      {3, "invalid_argument", 400},
                      {4, "deadline_exceeded", 504},
                      {5, "not_found", 404},
                      {6, "already_exists", 409},
                      {7, "permission_denied", 403},
                      {8, "resource_exhausted", 429},
                      {9, "failed_precondition", 400},
                      {10, "aborted", 409},
                      {11, "out_of_range", 400},
                      {12, "unimplemented", 501},
                      {13, "internal", 500},
                      {14, "unavailable", 503},
                      {15, "data_loss", 500},
                      {16, "unauthenticated", 401}};
  for (const Row& row : rows) {
    const auto code = static_cast<absl::StatusCode>(row.code);
    EXPECT_EQ(ConnectCode(code), row.name);
    EXPECT_EQ(HttpStatus(code), row.http);
  }
  EXPECT_EQ(ConnectCode(static_cast<absl::StatusCode>(99)), "unknown");
}

TEST(ErrorJsonTest, WithoutDetails) {
  EXPECT_EQ(ErrorJson({grpc::StatusCode::NOT_FOUND, "no \"x\""}),
            R"({"code":"not_found","message":"no \"x\""})");
  EXPECT_EQ(ErrorJson({grpc::StatusCode::NOT_FOUND, ""}), R"({"code":"not_found"})");
}

TEST(ErrorJsonTest, CarriesTheDetailsOfAReason) {
  const std::string json =
      ErrorJson(rpc::ToGrpc(Error(error::v1::COMMON_REASON_ETAG_STALE, {{"name", "things/t1"}})));
  EXPECT_THAT(json, HasSubstr(R"("code":"aborted")"));
  EXPECT_THAT(json, HasSubstr(R"({"type":"google.rpc.ErrorInfo","value":"CgpFVEFH)"));
  EXPECT_THAT(json, HasSubstr(R"("reason":"ETAG_STALE")"));
  EXPECT_THAT(json, HasSubstr(R"("locale":"zh-CN")"));
}

TEST(ErrorJsonTest, KeepsADetailOfAnUnknownType) {
  absl::Status status = absl::InternalError("x");
  status.SetPayload("type.googleapis.com/no.Such", absl::Cord("\x01"));
  status.SetPayload("private", absl::Cord("secret"));
  EXPECT_EQ(ErrorJson(rpc::ToGrpc(status)),
            R"({"code":"internal","message":"x","details":[{"type":"no.Such","value":"AQ"}]})");
}

TEST(ErrorJsonTest, KeepsTheOrderOfDetailsAndTwoOfOneType) {
  google::rpc::Status said;
  for (const char* value : {"\x03", "\x01", "\x02"}) {
    google::protobuf::Any& detail = *said.add_details();
    detail.set_type_url("type.googleapis.com/no.Such");
    detail.set_value(value);
  }
  EXPECT_THAT(ErrorJson({grpc::StatusCode::ABORTED, "x", said.SerializeAsString()}),
              HasSubstr(R"([{"type":"no.Such","value":"Aw"},{"type":"no.Such","value":"AQ"},)"
                        R"({"type":"no.Such","value":"Ag"}])"));
}

}  // namespace
}  // namespace jinhuan::gateway
