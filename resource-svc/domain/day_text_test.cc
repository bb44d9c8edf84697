#include "resource-svc/domain/day_text.h"

#include <gmock/gmock.h>

namespace jinhuan::resource {
namespace {

TEST(DayTextTest, IsReadAsItIsWritten) {
  const absl::CivilDay day(2026, 2, 3);
  EXPECT_EQ(DayText(day), "2026-02-03");
  EXPECT_EQ(DayOfText("2026-02-03"), day);
  EXPECT_EQ(ToDate(day).month(), 2);
}

TEST(DayTextTest, AnotherFormIsNoDay) {
  for (const char* text : {"", "2026-2-3", "2026-02-30", "2026/02/03", "1999-01-01", "2026-02-03 ",
                           "+026-02-03", "2026-13-01", "abcd-ef-gh"}) {
    EXPECT_FALSE(DayOfText(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace jinhuan::resource
