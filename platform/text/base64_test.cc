#include "platform/text/base64.h"

#include <gtest/gtest.h>

namespace jinhuan {
namespace {

TEST(Base64Test, GoesThereAndBackInEachKind) {
  const std::string bytes = "\xFB\xFF";
  const std::pair<Base64, const char*> kinds[] = {
      {Base64::kPadded, "+/8="}, {Base64::kPlain, "+/8"}, {Base64::kUrl, "-_8"}};
  for (const auto& [kind, text] : kinds) {
    EXPECT_EQ(ToBase64(bytes, kind), text);
    EXPECT_EQ(FromBase64(text, kind), bytes);
    EXPECT_EQ(FromAnyBase64(text), bytes);
    EXPECT_EQ(FromBase64("", kind), "");
    for (const auto& [other, foreign] : kinds) {
      EXPECT_EQ(FromBase64(foreign, kind).has_value(), other == kind) << foreign;
    }
  }
}

TEST(Base64Test, IsReadToItsEnd) {
  EXPECT_EQ(FromAnyBase64("-_8="), "\xFB\xFF");
  EXPECT_EQ(FromAnyBase64(""), "");
  for (const char* none : {"a b", "+_8", "x", "+/8\n", "+/9", "AAAA!"}) {
    EXPECT_EQ(FromAnyBase64(none), std::nullopt) << none;
  }
}

}  // namespace
}  // namespace jinhuan
