#include "platform/table/csv_reader.h"

#include <gtest/gtest.h>

#include "platform/table/table_matchers.h"

namespace jinhuan::table {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Cells Read(std::string_view text) { return CellsOf(ReadCsv(text, {})); }

TEST(ReadCsvTest, ReadsRowsAndCells) {
  EXPECT_THAT(Read("a,b\r\nc,d\r\n"), ElementsAre(ElementsAre("a", "b"), ElementsAre("c", "d")));
  EXPECT_THAT(Read("a,b\nc,d"), ElementsAre(ElementsAre("a", "b"), ElementsAre("c", "d")));
  EXPECT_THAT(Read("a\rb"), ElementsAre(ElementsAre("a"), ElementsAre("b")));
  EXPECT_THAT(Read("a,,b\n,c\n"), ElementsAre(ElementsAre("a", "", "b"), ElementsAre("", "c", "")));
  EXPECT_THAT(Read(" a , 中　\n"), ElementsAre(ElementsAre("a", "中")));
  EXPECT_THAT(Read("\n\n"), IsEmpty());
}

TEST(ReadCsvTest, ReadsQuotedCells) {
  EXPECT_THAT(Read("\"a,b\",\"say \"\"x\"\"\",\"\"\n"),
              ElementsAre(ElementsAre("a,b", "say \"x\"")));
  EXPECT_THAT(Read("\"two\r\nlines\",x\n\"\"\"\"\n"),
              ElementsAre(ElementsAre("two\r\nlines", "x"), ElementsAre("\"", "")));
  EXPECT_THAT(Read("5\" disk,x"), ElementsAre(ElementsAre("5\" disk", "x")));
}

TEST(ReadCsvTest, RefusesQuotesThatDoNotClose) {
  EXPECT_EQ(Refusal(ReadCsv("a\n\n\"b", {})), "QUOTES_WRONG");
  EXPECT_EQ(Message(ReadCsv("a\n\nb,\"c\nd", {})),
            "the quotes of the cell B3 are not closed, or text follows them");
  EXPECT_EQ(Refusal(ReadCsv("\"a\"b,c", {})), "QUOTES_WRONG");
  EXPECT_EQ(Refusal(ReadCsv("\"", {})), "QUOTES_WRONG");
}

TEST(ReadCsvTest, TakesTheSeparatorFromTheFirstLine) {
  EXPECT_THAT(Read("a;b\nc,d;e"), ElementsAre(ElementsAre("a", "b"), ElementsAre("c,d", "e")));
  EXPECT_THAT(Read("a\tb\nc\td"), ElementsAre(ElementsAre("a", "b"), ElementsAre("c", "d")));
  EXPECT_THAT(Read("\"x;y;z\",b\nc,d"),
              ElementsAre(ElementsAre("x;y;z", "b"), ElementsAre("c", "d")));
  EXPECT_THAT(Read("a\nb;c"), ElementsAre(ElementsAre("a"), ElementsAre("b;c")));
}

TEST(ReadCsvTest, NumbersRowsAsASpreadsheetDoes) {
  const auto table = ReadCsv("a\n\n\"two\nlines\"\nb", {});
  ASSERT_TRUE(table.ok());
  ASSERT_EQ(table->rows.size(), 3u);
  EXPECT_EQ(table->rows[0].number, 1);
  EXPECT_EQ(table->rows[1].number, 3);
  EXPECT_EQ(table->rows[2].number, 4);
}

TEST(ReadCsvTest, TakesNoFormulaAndArmsTextAgain) {
  const auto table = ReadCsv("a,=1+1\n\"=\"\"0012\"\"\",-5\n'=x,'+86 1\n'y,'", {});
  EXPECT_THAT(CellsOf(table), ElementsAre(ElementsAre("a", ""), ElementsAre("", "-5"),
                                          ElementsAre("=x", "+86 1"), ElementsAre("'y", "'")));
  EXPECT_THAT(table->problems, ElementsAre(IsProblem(1, 1, error::v1::TABLE_REASON_FORMULA),
                                           IsProblem(2, 0, error::v1::TABLE_REASON_FORMULA)));
}

}  // namespace
}  // namespace jinhuan::table
