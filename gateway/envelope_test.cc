#include "gateway/envelope.h"

#include <gtest/gtest.h>

#include "gateway/compression.h"
#include "platform/status/error.h"

namespace jinhuan::gateway {
namespace {

using std::string_literals::operator""s;

TEST(EnvelopeTest, FiveBytesAndTheMessage) {
  EXPECT_EQ(Seal(0, "abc"), "\0\0\0\0\3abc"s);
  EXPECT_EQ(Seal(Envelope::kTrailers, ""), "\x80\0\0\0\0"s);
  EXPECT_EQ(Seal(1, std::string(0x010203, 'x')).substr(0, 5), "\1\0\1\2\3"s);
}

TEST(EnvelopeTest, OpensWhatItSealed) {
  EXPECT_EQ(*OpenOnly(Seal(0, "abc"), false, 100), "abc");
  EXPECT_EQ(*OpenOnly(Seal(0, ""), false, 100), "");
  EXPECT_EQ(*OpenOnly(Seal(Envelope::kCompressed, Gzip("abc")), true, 100), "abc");
}

TEST(EnvelopeTest, RefusesWhatIsNotExactlyOneMessage) {
  EXPECT_TRUE(absl::IsUnimplemented(OpenOnly("", false, 100).status()));
  EXPECT_TRUE(absl::IsUnimplemented(OpenOnly(Seal(0, "a") + Seal(0, "b"), false, 100).status()));
  const std::string whole = Seal(0, "abc");
  for (size_t size = 1; size < whole.size(); ++size) {
    EXPECT_EQ(ReasonOf(OpenOnly(whole.substr(0, size), false, 100).status()), "MALFORMED_BODY");
  }
}

TEST(EnvelopeTest, RefusesWhatIsTooLargeBeforeItIsThere) {
  EXPECT_EQ(ReasonOf(OpenOnly("\0\x7f\xff\xff\xff"s, false, 100).status()), "BODY_TOO_LARGE");
  const std::string bomb = Seal(Envelope::kCompressed, Gzip(std::string(10'000, 'x')));
  EXPECT_EQ(ReasonOf(OpenOnly(bomb, true, 100).status()), "BODY_TOO_LARGE");
}

TEST(EnvelopeTest, RefusesFlagsItDoesNotKnow) {
  EXPECT_EQ(ReasonOf(OpenOnly(Seal(0x40, "abc"), true, 100).status()), "MALFORMED_BODY");
  EXPECT_TRUE(absl::IsInternal(OpenOnly(Seal(1, Gzip("abc")), false, 100).status()));
}

}  // namespace
}  // namespace jinhuan::gateway
