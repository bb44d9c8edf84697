#include "platform/table/xlsx_strings.h"

#include <gtest/gtest.h>

#include "platform/table/xlsx_fixture.h"

namespace jinhuan::table {
namespace {

TEST(UnescapeTest, TakesWhatIsAnEscapeAlone) {
  EXPECT_EQ(Unescape("a_x0041_b"), "aAb");
  EXPECT_EQ(Unescape("_x000D__x000a_"), "\r\n");
  EXPECT_EQ(Unescape("_x4E2D_"), "中");
  EXPECT_EQ(Unescape("_x0007_a"), "a");
  EXPECT_EQ(Unescape("_xD800_"), "_xD800_");
  EXPECT_EQ(Unescape("_x005F_x0041_"), "_x0041_");
  for (const char* text : {"", "_x", "_x0041", "_x00-1_", "_x 041_", "_xyz__x", "x0041_", "__x_"}) {
    EXPECT_EQ(Unescape(text), text);
  }
}

TEST(EscapeTest, IsUndoneByUnescape) {
  EXPECT_EQ(Escape("plain _x text"), "plain _x text");
  EXPECT_EQ(Escape("_x0041_"), "_x005F_x0041_");
  for (const char* text : {"", "_x0041__x0042_", "_x_x0041_", "_x005F_x0041_", "a_x004"}) {
    EXPECT_EQ(Unescape(Escape(text)), text);
  }
}

TEST(SharedStringsTest, KeepsEmptyOnesInTheirPlaces) {
  const Limits limits;
  const std::string book =
      MakeZip(WorkbookParts("", "<si/><si><t>a</t></si><si><t/></si><si><t>中</t></si>"));
  auto archive = ZipArchive::Open(book, limits);
  ASSERT_TRUE(archive.ok());
  SharedStrings strings;
  ASSERT_TRUE(ReadXml(*archive, "xl/sharedStrings.xml", strings).ok());
  ASSERT_EQ(strings.size(), 4u);
  EXPECT_EQ(strings.Get(0), "");
  EXPECT_EQ(strings.Get(1), "a");
  EXPECT_EQ(strings.Get(2), "");
  EXPECT_EQ(strings.Get(3), "中");
}

}  // namespace
}  // namespace jinhuan::table
