#include "platform/table/encoding.h"

#include <gtest/gtest.h>

#include "platform/status/error.h"

namespace jinhuan::table {
namespace {

constexpr char kInGb18030[] = "\xC3\xFB\xB3\xC6,\xB1\xE0\xBA\xC5\n\xD6\xD0\xBB\xB7\xBD\xD6\xB5\xC0";

std::string Utf8(std::string_view bytes) {
  const auto text = ToUtf8(bytes);
  return text.ok() ? *text : Describe(text.status());
}

std::string Utf16(std::u16string_view text, bool big) {
  std::string bytes;
  for (const char16_t unit : text) {
    const char high = static_cast<char>(unit >> 8);
    const char low = static_cast<char>(unit & 0xFF);
    bytes += big ? high : low;
    bytes += big ? low : high;
  }
  return bytes;
}

TEST(ToUtf8Test, TakesUtf8WithAndWithoutMark) {
  EXPECT_EQ(Utf8("名称,🚗\n"), "名称,🚗\n");
  EXPECT_EQ(Utf8("\xEF\xBB\xBF名称"), "名称");
  EXPECT_EQ(Utf8(""), "");
}

TEST(ToUtf8Test, TakesGb18030) {
  EXPECT_EQ(Utf8(kInGb18030), "名称,编号\n中环街道");
  EXPECT_EQ(Utf8("\x94\x39\xDA\x33\x81\x39\xEE\x39"), "💩㐀");  // four bytes
}

TEST(ToUtf8Test, TakesUtf16ByItsMark) {
  EXPECT_EQ(Utf8(Utf16(u"\uFEFF名称\t🚗", false)), "名称\t🚗");
  EXPECT_EQ(Utf8(Utf16(u"\uFEFF名称\t🚗", true)), "名称\t🚗");
  EXPECT_EQ(ReasonOf(ToUtf8(Utf16(u"\uFEFF名\xD800称", false)).status()), "ENCODING_UNKNOWN");
  EXPECT_EQ(ReasonOf(ToUtf8(Utf16(u"\uFEFF名", false) + "x").status()), "ENCODING_UNKNOWN");
  EXPECT_EQ(ReasonOf(ToUtf8(Utf16(u"\uFEFF\u0007", false)).status()), "NOT_A_TABLE");
}

TEST(ToUtf8Test, TellsWhereItBroke) {
  constexpr char kMessage[] =
      "INVALID_ARGUMENT: the text is neither UTF-8 nor GB18030: line 2, byte ";
  const std::string good = kInGb18030;
  EXPECT_EQ(Utf8(good + "\xFF"), kMessage + std::to_string(good.size() + 1) + " ENCODING_UNKNOWN");
  EXPECT_EQ(Utf8(good + "\x81"), kMessage + std::to_string(good.size() + 1) + " ENCODING_UNKNOWN");
  EXPECT_EQ(Utf8("\xEF\xBB\xBF名\n\xC3\xFB"), std::string(kMessage) + "8 ENCODING_UNKNOWN");
  EXPECT_EQ(Utf8("a\nb\xFF"), std::string(kMessage) + "4 ENCODING_UNKNOWN");
}

TEST(ToUtf8Test, DoesNotReadBrokenUtf8AsSomethingElse) {
  // GB18030 could read all of it, as garbage.
  const std::string text = "名称,编号\n中环街道,一二\n党建联盟,三四";
  const std::string cut = text.substr(0, text.size() - 1);
  EXPECT_EQ(ReasonOf(ToUtf8(cut + "\xFE").status()), "ENCODING_UNKNOWN");
  EXPECT_EQ(ReasonOf(ToUtf8("中环街道，名称编号，中环街道\xC4\xE3").status()), "ENCODING_UNKNOWN");
}

}  // namespace
}  // namespace jinhuan::table
