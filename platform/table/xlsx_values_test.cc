#include "platform/table/xlsx_values.h"

#include <gtest/gtest.h>

namespace jinhuan::table {
namespace {

TEST(NumberTextTest, WritesNoExponentAndNoPointOfNothing) {
  EXPECT_EQ(NumberText("13800000000"), "13800000000");
  EXPECT_EQ(NumberText("1.3800000000E+10"), "13800000000");
  EXPECT_EQ(NumberText("1.38e10"), "13800000000");
  EXPECT_EQ(NumberText("7.0"), "7");
  EXPECT_EQ(NumberText("0.1"), "0.1");
  EXPECT_EQ(NumberText("0.30000000000000004"), "0.3");
  EXPECT_EQ(NumberText("1.1000000000000001"), "1.1");
  EXPECT_EQ(NumberText("-2.50"), "-2.5");
  EXPECT_EQ(NumberText("-0.0"), "0");
  EXPECT_EQ(NumberText("9.9999999999999E-3"), "0.0099999999999999");
  EXPECT_EQ(NumberText("1E-7"), "0.0000001");
  EXPECT_EQ(NumberText("999999999999999"), "999999999999999");
  EXPECT_EQ(NumberText("1E+20"), "100000000000000000000");
  EXPECT_EQ(NumberText("1E+300"), "1E+300");
  EXPECT_EQ(NumberText("abc"), "abc");
  EXPECT_EQ(NumberText("inf"), "inf");
  EXPECT_EQ(NumberText(""), "");
}

TEST(HasLostDigitsTest, SeesWhatExcelCut) {
  EXPECT_FALSE(HasLostDigits("13800000000"));
  EXPECT_FALSE(HasLostDigits("999999999999999"));
  EXPECT_TRUE(HasLostDigits("1.1010119900307E+17"));
  EXPECT_TRUE(HasLostDigits("110101199003070000"));
  EXPECT_FALSE(HasLostDigits("110101199003071234"));  // all of it is there
  EXPECT_TRUE(HasLostDigits("-110101199003070000"));
  EXPECT_FALSE(HasLostDigits("0.1"));
  EXPECT_FALSE(HasLostDigits("abc"));
}

TEST(DateTextTest, CountsDaysAsExcelDoes) {
  EXPECT_EQ(DateText("46082", false), "2026-03-01");
  EXPECT_EQ(DateText("1", false), "1900-01-01");
  EXPECT_EQ(DateText("59", false), "1900-02-28");
  EXPECT_EQ(DateText("61", false), "1900-03-01");
  EXPECT_EQ(DateText("2958465", false), "9999-12-31");
  EXPECT_EQ(DateText("2958466", false), "2958466");
  EXPECT_EQ(DateText("-1", false), "-1");
  EXPECT_EQ(DateText("44620", true), "2026-03-01");
  EXPECT_EQ(DateText("0", true), "1904-01-01");
  EXPECT_EQ(DateText("46082.395833333336", false), "2026-03-01 09:30");
  EXPECT_EQ(DateText("46082.395891203705", false), "2026-03-01 09:30:05");
  EXPECT_EQ(DateText("46081.9999999999", false), "2026-03-01");
  EXPECT_EQ(DateText("0.75", false), "18:00");
  EXPECT_EQ(DateText("x", false), "x");
}

TEST(IsDateFormatTest, LooksAtWhatIsNoLiteral) {
  for (const char* format : {"yyyy-mm-dd", "yyyy\"年\"m\"月\"d\"日\"", "[$-804]yyyy/m/d;@", "h:mm",
                             "[h]:mm", "mm:ss.0", "d-mmm-yy", "[Red]DD/MM"}) {
    EXPECT_TRUE(IsDateFormat(std::string_view(format))) << format;
  }
  for (const char* format : {"General", "0.00", "#,##0_);[Red](#,##0)", "0.00E+00", "@", "0\"day\"",
                             "\\d0", "0_d", "[Magenta]0", "", "\"", "["}) {
    EXPECT_FALSE(IsDateFormat(std::string_view(format))) << format;
  }
  EXPECT_TRUE(IsDateFormat(14));
  EXPECT_TRUE(IsDateFormat(57));
  EXPECT_FALSE(IsDateFormat(0));
  EXPECT_FALSE(IsDateFormat(49));
}

}  // namespace
}  // namespace jinhuan::table
