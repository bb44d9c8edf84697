#include "platform/table/sheet.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "platform/table/table_matchers.h"
#include "platform/table/zip_archive.h"

namespace jinhuan::table {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Sheet Example() {
  return {
      .title = "单位名单",
      .columns = {{.title = "名称", .width = 30},
                  {.title = "人数", .width = 8, .kind = ColumnKind::kNumber},
                  {.title = "加入日期", .width = 12, .kind = ColumnKind::kDate}},
      .rows = {{"=HYPERLINK(\"x\")", "12.5", "2026-03-01"},
               {"+86 13800000000", "-7", "未定"},
               {"-1", "110101199003071234", "2026-02-30"},
               {"@x \"y\", z\n<&>", "many", ""},
               {"007", "", "1899-01-01"}},
      .created = absl::FromUnixSeconds(1'767'225'600),
  };
}

// A part of a workbook as it stands.
std::string Part(const std::string& book, const std::string& name) {
  const Limits limits;
  auto archive = ZipArchive::Open(book, limits);
  std::string content;
  EXPECT_TRUE(archive.ok() && archive
                                  ->Read(name,
                                         [&](std::string_view piece) {
                                           content += piece;
                                           return absl::OkStatus();
                                         })
                                  .ok())
      << name;
  return content;
}

auto HasTheExample() {
  return ElementsAre(ElementsAre("名称", "人数", "加入日期"),
                     ElementsAre("=HYPERLINK(\"x\")", "12.5", "2026-03-01"),
                     ElementsAre("+86 13800000000", "-7", "未定"),
                     ElementsAre("-1", "110101199003071234", "2026-02-30"),
                     ElementsAre("@x \"y\", z\n<&>", "many", ""),
                     ElementsAre("007", "", "1899-01-01"));
}

TEST(WriteXlsxTest, IsReadBack) {
  const auto book = WriteXlsx(Example());
  ASSERT_TRUE(book.ok()) << book.status();
  const auto table = ReadTable(*book);
  EXPECT_THAT(CellsOf(table), HasTheExample());
  EXPECT_THAT(table->problems, ElementsAre());
}

TEST(WriteXlsxTest, WritesKindsAndNoFormula) {
  const std::string book = *WriteXlsx(Example());
  const std::string sheet = Part(book, "xl/worksheets/sheet1.xml");
  EXPECT_THAT(sheet, Not(HasSubstr("<f>")));
  EXPECT_THAT(sheet, HasSubstr("<c r=\"B2\"><v>12.5</v></c>"));
  EXPECT_THAT(sheet, HasSubstr("<v>46082</v>"));
  EXPECT_THAT(sheet, HasSubstr("<autoFilter ref=\"A1:C6\"/>"));
  EXPECT_THAT(sheet, HasSubstr("state=\"frozen\""));
  EXPECT_THAT(Part(book, "xl/workbook.xml"), HasSubstr("name=\"单位名单\""));
  EXPECT_THAT(Part(book, "docProps/core.xml"), HasSubstr("2026-01-01T00:00:00Z"));
}

TEST(WriteXlsxTest, TheSameSheetGivesTheSameBytes) {
  const auto first = WriteXlsx(Example());
  ASSERT_TRUE(first.ok());
  std::vector<std::thread> threads;
  std::vector<absl::StatusOr<std::string>> others(4);
  for (auto& other : others) threads.emplace_back([&other] { other = WriteXlsx(Example()); });
  for (auto& thread : threads) thread.join();
  for (const auto& other : others) EXPECT_EQ(*other, *first);
  EXPECT_THAT(Part(*WriteXlsx({.columns = {{.title = "a"}}}), "docProps/core.xml"),
              HasSubstr("1970-01-01T00:00:01Z"));
}

TEST(WriteXlsxTest, MendsTheTitle) {
  const auto name = [](std::string_view title) {
    Sheet sheet = Example();
    sheet.title = title;
    return Part(*WriteXlsx(sheet), "xl/workbook.xml");
  };
  EXPECT_THAT(name("a[b]:*?/\\'c"), HasSubstr("name=\"a b       c\""));
  std::string forty;
  for (int i = 0; i < 40; ++i) forty += "名";
  EXPECT_THAT(name(forty), HasSubstr("name=\"" + forty.substr(0, 31 * 3) + "\""));
  EXPECT_THAT(name(""), HasSubstr("name=\"Sheet1\""));
}

TEST(WriteXlsxTest, TextStaysAsItIs) {
  const Sheet sheet{
      .title = "t",
      .columns = {{.title = "a"}},
      .rows = {
          {"_x0041_ _x _xyz__x_x000A_"}, {"http://example.org"}, {"{=1+1}"}, {"1e5"}, {"a\x01z"}}};
  EXPECT_THAT(CellsOf(ReadTable(*WriteXlsx(sheet))),
              ElementsAre(ElementsAre("a"), ElementsAre("_x0041_ _x _xyz__x_x000A_"),
                          ElementsAre("http://example.org"), ElementsAre("{=1+1}"),
                          ElementsAre("1e5"), ElementsAre("az")));
}

TEST(WriteXlsxTest, RefusesWhatNoWorkbookHolds) {
  Sheet sheet{.title = "t", .columns = {{.title = "a"}}, .rows = {{std::string(32'767, 'x')}}};
  EXPECT_TRUE(WriteXlsx(sheet).ok());
  sheet.rows[0][0] += 'x';
  EXPECT_EQ(ReasonOf(WriteXlsx(sheet).status()), "CELL_TOO_LONG");
  sheet.rows[0] = {"a", "b"};
  EXPECT_EQ(WriteXlsx(sheet).status().code(), absl::StatusCode::kInternal);
  sheet = {.title = "t", .columns = std::vector<Column>(16'385)};
  EXPECT_EQ(ReasonOf(WriteXlsx(sheet).status()), "TOO_MANY_COLUMNS");
  sheet = {.title = "t", .columns = {{}}, .rows = Cells(1'048'576)};
  EXPECT_EQ(ReasonOf(WriteXlsx(sheet).status()), "TOO_MANY_ROWS");
}

TEST(TableSpeedTest, FiveThousandRows) {
  Sheet sheet{.title = "t", .columns = std::vector<Column>(12), .rows = {}};
  for (Column& column : sheet.columns) column.title = "一列";
  sheet.columns[3].kind = ColumnKind::kNumber;
  sheet.columns[4].kind = ColumnKind::kDate;
  for (int r = 0; r < 5'000; ++r) {
    std::vector<std::string> row(12, "中环街道第" + std::to_string(r) + "支部");
    for (size_t c = 5; c < 12; ++c) row[c] += std::to_string(c);
    row[3] = std::to_string(r);
    row[4] = "2026-03-01";
    sheet.rows.push_back(row);
  }
  const auto timed = [](const char* what, auto call) {
    const auto begun = std::chrono::steady_clock::now();
    auto result = call();
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begun;
    std::printf("5,000 rows of 12 cells, %s: %.0f ms\n", what, took.count());
    return result;
  };
  const std::string book = *timed("XLSX written", [&] { return WriteXlsx(sheet); });
  std::string text = fmt::format("{}\n", fmt::join(std::vector<std::string>(12, "一列"), ","));
  for (const auto& row : sheet.rows) text += fmt::format("{}\n", fmt::join(row, ","));
  const auto from_book = timed("XLSX read", [&] { return ReadTable(book); });
  const auto from_text = timed("CSV read", [&] { return ReadTable(text); });
  std::printf("XLSX %zu bytes, CSV %zu bytes\n", book.size(), text.size());
  ASSERT_TRUE(from_book.ok() && from_text.ok());
  Cells expected = sheet.rows;
  expected.insert(expected.begin(), std::vector<std::string>(12, "一列"));
  EXPECT_TRUE(CellsOf(from_book) == expected);
  EXPECT_TRUE(CellsOf(from_text) == expected);
}

}  // namespace
}  // namespace jinhuan::table
