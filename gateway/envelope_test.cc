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

// What a stream makes of `data`, which comes in pieces of `size` bytes.
absl::StatusOr<std::string> PassInPieces(MessageStream stream, std::string_view data, size_t size) {
  std::string out;
  for (; !data.empty(); data = data.substr(std::min(size, data.size()))) {
    const absl::Status passed = stream.Pass(data.substr(0, size), out);
    if (!passed.ok()) return passed;
  }
  EXPECT_TRUE(stream.between());
  return out;
}

TEST(MessageStreamTest, PassesWhatIsNotPackedAsItCame) {
  const std::string data = Seal(0, "one") + Seal(0, "") + Seal(0, std::string(5000, 'x'));
  for (const size_t size : {1, 3, 5, 7, 9000}) {
    EXPECT_EQ(*PassInPieces({MessageStream::Mode::kUnpack, 5000}, data, size), data) << size;
  }
}

TEST(MessageStreamTest, UnpacksAndPacks) {
  const std::string text(5000, 'x');
  const std::string packed = Seal(Envelope::kCompressed, Gzip(text)) + Seal(0, "small");
  const std::string plain = Seal(0, text) + Seal(0, "small");
  for (const size_t size : {1, 4, 6, 9000}) {
    EXPECT_EQ(*PassInPieces({MessageStream::Mode::kUnpack, 5000, "gzip"}, packed, size), plain);
    EXPECT_EQ(*PassInPieces({MessageStream::Mode::kPack, 5000}, plain, size), packed);
  }
}

TEST(MessageStreamTest, RefusesWhatItCannotRead) {
  const auto reason = [](MessageStream stream, const std::string& data) {
    std::string out;
    return stream.Pass(data, out);
  };
  using Mode = MessageStream::Mode;
  const std::string bomb = Seal(Envelope::kCompressed, Gzip(std::string(100'000, 'x')));
  EXPECT_EQ(ReasonOf(reason({Mode::kUnpack, 9}, Seal(0, "ten bytes.").substr(0, 5))),
            "BODY_TOO_LARGE");
  EXPECT_EQ(ReasonOf(reason({Mode::kUnpack, 5000, "gzip"}, bomb)), "BODY_TOO_LARGE");
  EXPECT_EQ(ReasonOf(reason({Mode::kUnpack, 99, "gzip"}, Seal(Envelope::kCompressed, "no gzip"))),
            "MALFORMED_BODY");
  EXPECT_EQ(ReasonOf(reason({Mode::kUnpack, 99}, Seal(4, "x"))), "MALFORMED_BODY");
  EXPECT_TRUE(absl::IsInternal(reason({Mode::kUnpack, 99999}, bomb)));
  EXPECT_TRUE(absl::IsUnimplemented(reason({Mode::kUnpack, 99999, "deflate"}, bomb)));
}

TEST(MessageStreamTest, StopsWhenThereIsEnough) {
  const std::string packed = Seal(1, Gzip(std::string(1000, 'x')));
  const std::string plain = Seal(0, std::string(1000, 'x'));
  const std::string body = packed + packed + packed;
  MessageStream stream(MessageStream::Mode::kUnpack, 5000, "gzip");
  std::string_view data = body;
  std::string out;
  ASSERT_TRUE(stream.PassSome(data, out, 1500).ok());
  EXPECT_TRUE(out == plain + plain && data == packed);
  ASSERT_TRUE(stream.PassSome(data, out, 0).ok());
  EXPECT_EQ(data, packed);
  out.clear();
  ASSERT_TRUE(stream.PassSome(data, out, 1).ok());
  EXPECT_TRUE(out == plain && data.empty());
}

TEST(MessageStreamTest, CountsWhatBegan) {
  MessageStream stream(MessageStream::Mode::kUnpack, 99);
  std::string out;
  EXPECT_TRUE(stream.Pass(std::string("\0\0\0\0", 4), out).ok());
  EXPECT_EQ(stream.begun(), 0);
  EXPECT_FALSE(stream.between());
  EXPECT_TRUE(stream.Pass("\x02x", out).ok());
  EXPECT_EQ(stream.begun(), 1);
  EXPECT_FALSE(stream.between());
  EXPECT_TRUE(stream.Pass("y", out).ok());
  EXPECT_TRUE(stream.between());
}

}  // namespace
}  // namespace jinhuan::gateway
