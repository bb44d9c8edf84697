#include "platform/table/table.h"

#include <gtest/gtest.h>

#include "platform/table/table_matchers.h"
#include "platform/table/xlsx_fixture.h"

namespace jinhuan::table {
namespace {

using ::testing::ElementsAre;

TEST(ColumnNameTest, CountsInLetters) {
  EXPECT_EQ(ColumnName(0), "A");
  EXPECT_EQ(ColumnName(25), "Z");
  EXPECT_EQ(ColumnName(26), "AA");
  EXPECT_EQ(ColumnName(701), "ZZ");
  EXPECT_EQ(ColumnName(702), "AAA");
  EXPECT_EQ(ColumnName(16'383), "XFD");
}

TEST(ReadTableTest, KnowsWhatItIsByItsContent) {
  EXPECT_THAT(CellsOf(ReadTable("名称,编号\n中环,7\n")),
              ElementsAre(ElementsAre("名称", "编号"), ElementsAre("中环", "7")));
  EXPECT_THAT(CellsOf(ReadTable(MakeZip(WorkbookParts("<row><c><v>7</v></c></row>")))),
              ElementsAre(ElementsAre("7")));
  EXPECT_THAT(CellsOf(ReadTable("")), ElementsAre());
}

TEST(ReadTableTest, RefusesWhatIsNoTable) {
  EXPECT_EQ(Refusal(ReadTable(MakeZip({{"word/document.xml", "<a/>"}}))), "NOT_A_TABLE");
  EXPECT_EQ(Refusal(ReadTable(MakeZip({{"[Content_Types].xml", "<Types/>"}}))), "NOT_A_TABLE");
  EXPECT_EQ(Refusal(ReadTable("\x89PNG\r\n\x1A\n")), "NOT_A_TABLE");
  EXPECT_EQ(Refusal(ReadTable("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on")), "OLD_FORMAT");
}

TEST(ReadTableTest, KeepsTheLimits) {
  const auto refusal = [](const Limits& limits) {
    const std::string text = "a,b,c\n\nd,e,four\n";
    const std::string book = MakeZip(WorkbookParts(
        "<row><c t=\"str\"><v>a</v></c><c t=\"str\"><v>b</v></c><c t=\"str\"><v>c</v></c></row>"
        "<row r=\"3\"><c t=\"str\"><v>d</v></c><c t=\"str\"><v>e</v></c>"
        "<c t=\"str\"><v>four</v></c></row>"));
    Limits of_book = limits;
    if (limits.max_bytes < 1000) of_book.max_bytes = book.size() - 1;
    EXPECT_EQ(Refusal(ReadTable(text, limits)), Refusal(ReadTable(book, of_book)));
    return Refusal(ReadTable(text, limits));
  };
  EXPECT_EQ(refusal({}), "");
  EXPECT_EQ(refusal({.max_bytes = 15}), "TOO_LARGE");
  EXPECT_EQ(refusal({.max_rows = 2}), "");
  EXPECT_EQ(refusal({.max_rows = 1}), "TOO_MANY_ROWS");
  EXPECT_EQ(refusal({.max_columns = 3}), "");
  EXPECT_EQ(refusal({.max_columns = 2}), "TOO_MANY_COLUMNS");
  EXPECT_EQ(refusal({.max_cell_points = 4}), "");
  EXPECT_EQ(refusal({.max_cell_points = 3}), "CELL_TOO_LONG");
  EXPECT_EQ(refusal({.max_text_bytes = 9}), "");
  EXPECT_EQ(refusal({.max_text_bytes = 8}), "TOO_LARGE");
  EXPECT_EQ(Message(ReadTable("a\n\nb,four", {.max_cell_points = 3})),
            "the cell B3 has more than 3 characters");
}

}  // namespace
}  // namespace jinhuan::table
