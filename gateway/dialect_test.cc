#include "gateway/dialect.h"

#include <gmock/gmock.h>

#include "gateway/codec.h"
#include "gateway/compression.h"
#include "gateway/connect_request.h"
#include "gateway/envelope.h"
#include "gateway/error_json.h"
#include "gateway/http/wire.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "jinhuan/test/v1/echo_service.pb.h"
#include "platform/rpc/status_conversion.h"
#include "platform/status/error.h"
#include "platform/text/base64.h"

namespace jinhuan::gateway {
namespace {

using std::string_literals::operator""s;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

http::Request RequestOf(const std::string& type, std::vector<http::Header> headers = {}) {
  http::Request request;
  for (const auto& [name, value] : headers) http::AddHeader(name, value, request.headers);
  http::AddHeader("Content-Type", type, request.headers);
  return request;
}

Dialect Of(const std::string& type, std::vector<http::Header> headers = {}) {
  return *Dialect::Of(RequestOf(type, std::move(headers)));
}

const google::protobuf::Descriptor& Type() { return *test::v1::SayRequest::descriptor(); }

TEST(DialectTest, IsSaidByTheContentType) {
  for (const char* type :
       {"application/connect+json", "application/connect+proto; charset=utf-8"}) {
    EXPECT_FALSE(Of(type).web()) << type;
  }
  for (const char* type : {"application/grpc-web", "Application/gRPC-Web+proto",
                           "application/grpc-web-text", "application/grpc-web-text+proto"}) {
    EXPECT_TRUE(Of(type).web()) << type;
  }
  for (const char* type :
       {"", "application/json", "application/grpc", "application/connect",
        "application/connect+xml", "application/grpc-web+json", "application/grpc-webby"}) {
    EXPECT_FALSE(Dialect::Of(RequestOf(type)).has_value()) << type;
  }
}

TEST(DialectTest, ReadsTimeouts) {
  const auto web = [](const char* value) {
    return Of("application/grpc-web")
        .Timeout(RequestOf("application/grpc-web", {{"grpc-timeout", value}}));
  };
  EXPECT_EQ(**web("2H"), absl::Hours(2));
  EXPECT_EQ(**web("2M"), absl::Minutes(2));
  EXPECT_EQ(**web("2S"), absl::Seconds(2));
  EXPECT_EQ(**web("99999999m"), absl::Milliseconds(99'999'999));
  EXPECT_EQ(**web("2u"), absl::Microseconds(2));
  EXPECT_EQ(**web("2n"), absl::Nanoseconds(2));
  EXPECT_FALSE(web("")->has_value());
  for (const char* bad : {"S", "2", "2s", "-2S", "123456789S", "2 S", "0x2S"}) {
    EXPECT_EQ(ReasonOf(web(bad).status()), "FIELD_INVALID") << bad;
  }
  const auto connect = RequestOf("application/connect+json", {{"Connect-Timeout-Ms", "20"}});
  EXPECT_EQ(**Dialect::Of(connect)->Timeout(connect), absl::Milliseconds(20));
}

TEST(DialectTest, ReadsTextInPiecesEachWithPaddingOfItsOwn) {
  http::Request request = RequestOf("application/grpc-web-text");
  test::v1::SayRequest message;
  message.set_text("four");
  const std::string sealed = Seal(0, message.SerializeAsString());
  request.body = "AAAAAAY=";  // the envelope's five bytes
  ASSERT_EQ(sealed.substr(0, 5), "\0\0\0\0\6"s);
  std::string rest = ToBase64(sealed.substr(5), Base64::kPlain);
  request.body += rest.append((4 - rest.size() % 4) % 4, '=');
  EXPECT_EQ(*Dialect::Of(request)->ReadOnly(Type(), request), message.SerializeAsString());
  request.body = "!!!";
  EXPECT_EQ(ReasonOf(Dialect::Of(request)->ReadOnly(Type(), request).status()), "MALFORMED_BODY");
}

TEST(DialectTest, UndoesGzipAndRefusesOtherCodings) {
  const std::string body = Seal(Envelope::kCompressed, Gzip(R"({"number":"7"})"));
  const auto read = [&](std::vector<http::Header> headers) {
    http::Request request = RequestOf("application/connect+json", std::move(headers));
    request.body = body;
    return Dialect::Of(request)->ReadOnly(Type(), request);
  };
  test::v1::SayRequest message;
  ASSERT_TRUE(message.ParseFromString(*read({{"Connect-Content-Encoding", "gzip"}})));
  EXPECT_EQ(message.number(), 7);
  EXPECT_TRUE(absl::IsInternal(read({}).status()));
  EXPECT_TRUE(absl::IsUnimplemented(read({{"Connect-Content-Encoding", "br"}}).status()));
}

TEST(DialectTest, RefusesABodyThatWasTooLargeToRead) {
  http::Request request = RequestOf("application/connect+json");
  request.body_too_large = true;
  EXPECT_EQ(ReasonOf(Dialect::Of(request)->ReadOnly(Type(), request).status()), "BODY_TOO_LARGE");
}

TEST(DialectTest, CompressesLargeMessagesForWhoTakesThem) {
  test::v1::SayRequest message;
  message.set_text(std::string(5000, 'x'));
  const std::string bytes = message.SerializeAsString();
  const std::vector<http::Header> takes = {{"Connect-Accept-Encoding", "gzip"}};
  const std::string packed = *Of("application/connect+proto", takes).Message(Type(), bytes);
  EXPECT_EQ(packed[0], 1);
  EXPECT_EQ(*OpenOnly(packed, true, 1 << 20), bytes);
  EXPECT_EQ(*Of("application/connect+proto").Message(Type(), bytes), Seal(0, bytes));
  message.set_text("x");
  const std::string small = message.SerializeAsString();
  EXPECT_EQ(*Of("application/connect+proto", takes).Message(Type(), small), Seal(0, small));
}

TEST(DialectTest, TheEndOfAConnectStream) {
  const Dialect dialect = Of("application/connect+proto");  // the end is JSON all the same
  EXPECT_EQ(dialect.End(grpc::Status::OK, {}), Seal(2, R"({"metadata":{}})"));
  EXPECT_EQ(dialect.End(grpc::Status::OK, {{"x-a", "1"}, {"x-b-bin", "\x01\xFF"s}}),
            Seal(2, R"({"metadata":{"x-a":["1"],"x-b-bin":["Af8"]}})"));
  EXPECT_EQ(dialect.End(grpc::Status::OK, {{"x-a", "1"}, {"x-b", "2"}, {"x-a", "3"}}),
            Seal(2, R"({"metadata":{"x-a":["1","3"],"x-b":["2"]}})"));
  EXPECT_THAT(dialect.End(rpc::ToGrpc(Error(error::v1::COMMON_REASON_OVERLOADED)), {}),
              AllOf(StartsWith("\x02"), HasSubstr(R"({"error":{"code":"resource_exhausted")"),
                    HasSubstr(R"("metadata":{})")));
}

TEST(DialectTest, TheEndOfAWebCall) {
  EXPECT_EQ(Of("application/grpc-web").End(grpc::Status::OK, {{"x-a", "1"}}),
            Seal(0x80, "grpc-status: 0\r\nx-a: 1\r\n"));
  EXPECT_EQ(Of("application/grpc-web").End(grpc::Status::OK, {{"x-a", "1"}, {"x-a", "2"}}),
            Seal(0x80, "grpc-status: 0\r\nx-a: 1, 2\r\n"));
  EXPECT_THAT(Of("application/grpc-web").End({grpc::StatusCode::ABORTED, "a%金\n"}, {}),
              AllOf(StartsWith("\x80"),
                    HasSubstr("grpc-status: 10\r\ngrpc-message: a%25%E9%87%91%0A\r\n")));
  EXPECT_EQ(Of("application/grpc-web-text").End(grpc::Status::OK, {}).size() % 4, 0u);
}

}  // namespace
}  // namespace jinhuan::gateway
