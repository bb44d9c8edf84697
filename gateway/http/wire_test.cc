#include "gateway/http/wire.h"

#include <gmock/gmock.h>

namespace jinhuan::gateway::http {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(AddHeaderTest, JoinsRepeatedOnes) {
  std::vector<Header> headers;
  AddHeader("X-A", "1", headers);
  AddHeader("x-a", "2", headers);
  AddHeader("Cookie", "a=1", headers);
  AddHeader("cookie", "b=2", headers);
  ASSERT_EQ(headers.size(), 2u);
  EXPECT_EQ(headers[0].value, "1, 2");
  EXPECT_EQ(headers[1].value, "a=1; b=2");
}

TEST(ResponseHeadTest, IsWhole) {
  Response response;
  response.status = 404;
  response.headers = {{"X-A", "1"}};
  response.body = "nothing";
  const std::string head = ResponseHead(response, true);
  EXPECT_THAT(head, StartsWith("HTTP/1.1 404 Not Found\r\nDate: "));
  EXPECT_THAT(head, HasSubstr(" GMT\r\nX-A: 1\r\nContent-Length: 7\r\n"));
  EXPECT_THAT(head, EndsWith("Connection: keep-alive\r\n\r\n"));
}

TEST(ResponseHeadTest, HasNoLengthWhenNotModified) {
  Response response;
  response.status = 304;
  EXPECT_THAT(ResponseHead(response, false), Not(HasSubstr("Content-Length")));
}

}  // namespace
}  // namespace jinhuan::gateway::http
