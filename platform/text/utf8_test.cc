#include "platform/text/utf8.h"

#include <gtest/gtest.h>

namespace jinhuan {
namespace {

TEST(Utf8LengthTest, TakesWhatIsWellFormedAlone) {
  EXPECT_EQ(Utf8Length(""), 0u);
  EXPECT_EQ(Utf8Length("ab"), 1u);
  EXPECT_EQ(Utf8Length("éa"), 2u);
  EXPECT_EQ(Utf8Length("党建"), 3u);
  EXPECT_EQ(Utf8Length("🚗"), 4u);
  EXPECT_EQ(Utf8Length("\xF4\x8F\xBF\xBF"), 4u);
  for (const char* bad :
       {"\x80", "\xFF", "\xC0\xAF", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE5\x85", "\xE5\x85x", "\xF0\x9F\x9A", "\xC3"}) {
    EXPECT_EQ(Utf8Length(bad), 0u) << bad;
  }
}

TEST(CodePointsTest, CountsOrRefuses) {
  EXPECT_EQ(CodePoints(""), 0);
  EXPECT_EQ(CodePoints("aé党🚗"), 4);
  EXPECT_EQ(CodePoints("\xFF"), -1);
  EXPECT_EQ(CodePoints("\xF0\x9F\x9A"), -1);
  EXPECT_EQ(CodePoints("\xED\xA0\x80"), -1);
}

TEST(Utf8PrefixTest, CutsBetweenCharacters) {
  EXPECT_EQ(Utf8Prefix("aé党🚗b", 4), "aé党🚗");
  EXPECT_EQ(Utf8Prefix("党建", 2), "党建");
  EXPECT_EQ(Utf8Prefix("党建", 9), "党建");
  EXPECT_EQ(Utf8Prefix("党建", 0), "");
  EXPECT_EQ(Utf8Prefix("\xE5\x85", 1), "\xE5");
}

TEST(DecodeUtf8Test, IsUndoneByAppend) {
  EXPECT_EQ(DecodeUtf8("aé党🚗"), U"aé党🚗");
  EXPECT_EQ(DecodeUtf8(""), U"");
  EXPECT_EQ(DecodeUtf8("a\x80"), std::nullopt);
  for (char32_t point = 0; point < 0x110000; ++point) {
    if (point >= 0xD800 && point < 0xE000) continue;
    std::string text;
    AppendUtf8(point, text);
    ASSERT_EQ(DecodeUtf8(text), std::u32string(1, point));
  }
}

}  // namespace
}  // namespace jinhuan
