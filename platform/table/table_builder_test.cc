#include "platform/table/table_builder.h"

#include <gtest/gtest.h>

#include "platform/table/table_matchers.h"

namespace jinhuan::table {
namespace {

using ::testing::ElementsAre;

TEST(TrimTest, TakesBlanksOfEveryKind) {
  EXPECT_EQ(Trim(" \t\r\n a b\xC2\xA0　\xEF\xBB\xBF\xE2\x80\x8B"), "a b");
  EXPECT_EQ(Trim("　\xE2\x80\x8B　中　环"), "中　环");
  EXPECT_EQ(Trim("　 "), "");
  EXPECT_EQ(Trim(""), "");
}

TEST(TableBuilderTest, LeavesOutEmptyRowsAndFillsTheRest) {
  const Limits limits;
  TableBuilder builder(limits);
  builder.BeginRow(2);
  EXPECT_TRUE(builder.Set(1, " x ").ok());
  builder.BeginRow(3);
  EXPECT_TRUE(builder.Set(0, "　").ok());
  EXPECT_TRUE(builder.Set(1'000, "").ok());  // beyond the last column, but empty
  builder.BeginRow(7);
  EXPECT_TRUE(builder.AddProblem(2, error::v1::TABLE_REASON_FORMULA).ok());
  const Table table = builder.Finish();
  EXPECT_THAT(CellsOf(table), ElementsAre(ElementsAre("", "x", ""), ElementsAre("", "", "")));
  EXPECT_EQ(table.rows[0].number, 2);
  EXPECT_EQ(table.rows[1].number, 7);
  ASSERT_THAT(table.problems, ElementsAre(IsProblem(7, 2, error::v1::TABLE_REASON_FORMULA)));
  EXPECT_EQ(ReasonOf(ToStatus(table.problems[0])), "FORMULA");
  EXPECT_EQ(std::string(ToStatus(table.problems[0]).message()),
            "the cell C7 holds a formula; put its value in its place");
}

TEST(TableBuilderTest, CountsCodePointsNotBytes) {
  const Limits limits{.max_cell_points = 2};
  TableBuilder builder(limits);
  builder.BeginRow(1);
  EXPECT_TRUE(builder.Set(0, "中环").ok());
  EXPECT_EQ(ReasonOf(builder.Set(1, "中环路")), "CELL_TOO_LONG");
}

TEST(TableBuilderTest, CountsProblemsAsCells) {
  const Limits limits{.max_rows = 1, .max_columns = 1};
  TableBuilder builder(limits);
  builder.BeginRow(1);
  EXPECT_EQ(ReasonOf(builder.AddProblem(1, error::v1::TABLE_REASON_FORMULA)), "TOO_MANY_COLUMNS");
  EXPECT_TRUE(builder.AddProblem(0, error::v1::TABLE_REASON_FORMULA).ok());
  builder.BeginRow(2);
  EXPECT_EQ(ReasonOf(builder.AddProblem(0, error::v1::TABLE_REASON_FORMULA)), "TOO_MANY_ROWS");
}

}  // namespace
}  // namespace jinhuan::table
