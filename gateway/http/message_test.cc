#include "gateway/http/message.h"

#include <gtest/gtest.h>

namespace jinhuan::gateway::http {
namespace {

TEST(PercentDecodeTest, Decodes) {
  EXPECT_EQ(PercentDecode("a%20b%E9%87%91", false), "a b金");
  EXPECT_EQ(PercentDecode("a+b", false), "a+b");
  EXPECT_EQ(PercentDecode("a+b", true), "a b");
  EXPECT_EQ(PercentDecode("%41", false), "A");
}

TEST(PercentDecodeTest, RefusesWhatIsCutShort) {
  EXPECT_EQ(PercentDecode("%", false), std::nullopt);
  EXPECT_EQ(PercentDecode("%4", false), std::nullopt);
  EXPECT_EQ(PercentDecode("%4g", false), std::nullopt);
}

TEST(QueryParameterTest, Finds) {
  const std::string query = "connect=v1&message=%7B%7D&empty&message=second&bad=%zz";
  EXPECT_EQ(QueryParameter(query, "message"), "{}");
  EXPECT_EQ(QueryParameter(query, "empty"), "");
  EXPECT_EQ(QueryParameter(query, "mess"), std::nullopt);
  EXPECT_EQ(QueryParameter(query, "bad"), std::nullopt);
}

TEST(CookieTest, Finds) {
  const std::string header = "theme=dark; jinhuan_session=abc; other=\"q\"";
  EXPECT_EQ(Cookie(header, "jinhuan_session"), "abc");
  EXPECT_EQ(Cookie(header, "other"), "q");
  EXPECT_EQ(Cookie(header, "session"), "");
  EXPECT_EQ(Cookie("", "x"), "");
}

TEST(AcceptsCodingTest, ReadsWeights) {
  EXPECT_TRUE(AcceptsCoding("gzip, deflate, br", "br"));
  EXPECT_TRUE(AcceptsCoding("gzip;q=0.5", "gzip"));
  EXPECT_FALSE(AcceptsCoding("gzip;q=0", "gzip"));
  EXPECT_FALSE(AcceptsCoding("gzip;q=0.000", "gzip"));
  EXPECT_TRUE(AcceptsCoding("*", "gzip"));
  EXPECT_FALSE(AcceptsCoding("*, gzip;q=0", "gzip"));
  EXPECT_FALSE(AcceptsCoding("", "gzip"));
}

}  // namespace
}  // namespace jinhuan::gateway::http
