#include "platform/table/xlsx_reader.h"

#include <gtest/gtest.h>

#include "platform/table/table_matchers.h"
#include "platform/table/xlsx_fixture.h"

namespace jinhuan::table {
namespace {

using ::testing::ElementsAre;

absl::StatusOr<Table> Read(const Parts& parts) { return ReadXlsx(MakeZip(parts), {}); }

TEST(ReadXlsxTest, ReadsEveryKindOfCell) {
  const auto table = Read(WorkbookParts(
      "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
      "<c r=\"C1\" t=\"inlineStr\"><is><r><t>内</t></r><r><t>联</t></r></is></c>"
      "<c r=\"D1\" t=\"str\"><v>str</v></c></row>"
      "<row r=\"2\"><c r=\"A2\"><v>1.38E+10</v></c><c r=\"B2\" t=\"b\"><v>1</v></c>"
      "<c r=\"C2\" t=\"b\"><v>0</v></c><c r=\"D2\" t=\"d\"><v>2026-03-01T00:00:00</v></c></row>",
      "<si><t> 名称 </t></si>"
      "<si><r><t>党</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\">建&#x20;_x0041_</t></r>"
      "<rPh sb=\"0\" eb=\"1\"><t>dang</t></rPh></si>"));
  EXPECT_THAT(CellsOf(table),
              ElementsAre(ElementsAre("名称", "党建 A", "内联", "str"),
                          ElementsAre("13800000000", "TRUE", "FALSE", "2026-03-01")));
  EXPECT_THAT(table->problems, ElementsAre());
}

TEST(ReadXlsxTest, ReadsDatesByStyle) {
  Parts parts = WorkbookParts(
      "<row><c s=\"0\"><v>46082</v></c><c s=\"1\"><v>46082</v></c><c s=\"2\"><v>46082</v></c>"
      "<c s=\"3\"><v>46082</v></c><c s=\"9\"><v>46082</v></c></row>",
      "",
      "<numFmts><numFmt numFmtId=\"176\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/>"
      "<numFmt numFmtId=\"177\" formatCode=\"0.0\"/></numFmts>"
      "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
      "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"176\"/>"
      "<xf numFmtId=\"177\"/></cellXfs><dxfs><dxf><xf numFmtId=\"14\"/></dxf></dxfs>");
  EXPECT_THAT(CellsOf(Read(parts)),
              ElementsAre(ElementsAre("46082", "2026-03-01", "2026-03-01", "46082", "46082")));
  std::string& book = parts["xl/workbook.xml"];
  book.insert(book.find("<sheets>"), "<workbookPr date1904=\"1\"/>");
  EXPECT_THAT(CellsOf(Read(parts)),
              ElementsAre(ElementsAre("46082", "2030-03-02", "2030-03-02", "46082", "46082")));
}

TEST(ReadXlsxTest, PlacesSparseCellsByReference) {
  const auto table = Read(WorkbookParts(
      "<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"D2\"><v>2</v></c><c><v>3</v></c></row>"
      "<row r=\"5\"/><row><c r=\"XFD6\" s=\"1\"/></row><row r=\"9\"><c><v>4</v></c></row>"));
  ASSERT_THAT(CellsOf(table),
              ElementsAre(ElementsAre("", "1", "", "2", "3"), ElementsAre("4", "", "", "", "")));
  EXPECT_EQ(table->rows[0].number, 2);
  EXPECT_EQ(table->rows[1].number, 9);
}

TEST(ReadXlsxTest, ReportsWhatItDoesNotTake) {
  const auto table =
      Read(WorkbookParts("<row><c><f>1+1</f><v>2</v></c><c t=\"str\"><f>\"a\"</f><v>a</v></c>"
                         "<c><f t=\"shared\" si=\"0\"/><v>3</v></c><c t=\"e\"><v>#REF!</v></c>"
                         "<c><v>1.1010119900307E+17</v></c><c><v>5</v></c></row>"));
  EXPECT_THAT(CellsOf(table), ElementsAre(ElementsAre("", "", "", "", "", "5")));
  EXPECT_THAT(table->problems, ElementsAre(IsProblem(1, 0, error::v1::TABLE_REASON_FORMULA),
                                           IsProblem(1, 1, error::v1::TABLE_REASON_FORMULA),
                                           IsProblem(1, 2, error::v1::TABLE_REASON_FORMULA),
                                           IsProblem(1, 3, error::v1::TABLE_REASON_ERROR_VALUE),
                                           IsProblem(1, 4, error::v1::TABLE_REASON_DIGITS_LOST)));
}

TEST(ReadXlsxTest, TakesTheFirstVisibleWorksheet) {
  Parts parts = WorkbookParts("<row><c><v>1</v></c></row>");
  parts["xl/worksheets/other.xml"] =
      "<x:worksheet xmlns:x=\"m\"><x:row><x:c><x:v>2</x:v></x:c></x:row></x:worksheet>";
  std::string& relations = parts["xl/_rels/workbook.xml.rels"];
  relations.insert(relations.find("<Relationship "),
                   "<Relationship Id=\"rId7\" Type=\"a/chartsheet\" Target=\"chart.xml\"/>"
                   "<Relationship Id=\"rId8\" Type=\"a/worksheet\" Target=\"./../xl/worksheets/"
                   "OTHER.xml\"/>");
  std::string& book = parts["xl/workbook.xml"];
  const std::string first = "<sheet name=\"S\"";
  book.replace(book.find(first), first.size(),
               "<sheet name=\"C\" r:id=\"rId7\"/><sheet name=\"H\" state=\"hidden\"");
  EXPECT_EQ(Refusal(Read(parts)), "SHEET_MISSING");
  book.insert(book.find("</sheets>"), "<sheet name=\"O\" state=\"visible\" r:id=\"rId8\"/>");
  EXPECT_THAT(CellsOf(Read(parts)), ElementsAre(ElementsAre("2")));
}

TEST(ReadXlsxTest, NeedsNeitherStringsNorStyles) {
  Parts parts = WorkbookParts("<row><c s=\"1\"><v>1</v></c></row>");
  parts.erase("xl/sharedStrings.xml");
  parts.erase("xl/styles.xml");
  std::string& relations = parts["xl/_rels/workbook.xml.rels"];
  const size_t second = relations.find("<Relationship Id=\"rId2");
  relations.erase(second, relations.find("</Relationships>") - second);
  EXPECT_THAT(CellsOf(Read(parts)), ElementsAre(ElementsAre("1")));
}

TEST(ReadXlsxTest, RefusesWhatIsMadeWrongly) {
  for (const char* rows : {
           "<row r=\"2\"/><row r=\"2\"/>",
           "<row r=\"0\"/>",
           "<row r=\"1048577\"/>",
           "<row r=\"99999999999\"/>",
           "<row r=\"x\"/>",
           "<row><c r=\"B1\"/><c r=\"A1\"/></row>",
           "<row><c r=\"7\"/></row>",
           "<row><c r=\"XFE1\"/></row>",
           "<row><c r=\"ZZZZZZZZZZZZZZZZZ1\"/></row>",
           "<c r=\"A1\"><v>1</v></c>",
           "<row><c t=\"s\"><v>0</v></c></row>",
           "<row><c t=\"s\"><v>-1</v></c></row>",
           "<row><c t=\"s\"><v>x</v></c></row>",
           "<row>",
           "\xFF",
       }) {
    EXPECT_EQ(Refusal(Read(WorkbookParts(rows))), "DAMAGED") << rows;
  }
  EXPECT_EQ(Message(Read(WorkbookParts("<row>"))),
            "the workbook is damaged (xl/worksheets/sheet1.xml); open and save it again");
  for (const auto& [name, content] : WorkbookParts("")) {
    Parts parts = WorkbookParts("");
    parts.erase(name);
    EXPECT_EQ(Refusal(Read(parts)), name == "[Content_Types].xml" ? "NOT_A_TABLE" : "DAMAGED")
        << name;
  }
}

TEST(ReadXlsxTest, RefusesEntitiesAndDepth) {
  Parts laughs = WorkbookParts("<row><c t=\"str\"><v>&c;</v></c></row>");
  std::string& sheet = laughs[kSheetPart];
  sheet.insert(sheet.find("<worksheet"),
               "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\"><!ENTITY c \"&b;&b;\">]>");
  EXPECT_EQ(Refusal(Read(laughs)), "DAMAGED");
  Parts outside = WorkbookParts("");
  std::string& book = outside["xl/workbook.xml"];
  book.insert(book.find("<workbook"), "<!DOCTYPE x SYSTEM \"file:///etc/hostname\">");
  EXPECT_EQ(Refusal(Read(outside)), "DAMAGED");

  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "<a>";
  for (int i = 0; i < 100; ++i) deep += "</a>";
  EXPECT_EQ(Refusal(Read(WorkbookParts(deep))), "DAMAGED");
  EXPECT_EQ(
      Refusal(ReadXlsx(MakeZip(WorkbookParts("<row a=\"" + std::string(1 << 20, 'a') + "\"/>")),
                       {.max_ratio = 2'000})),
      "DAMAGED");
  EXPECT_EQ(Refusal(Read(WorkbookParts("<row a=\"" + std::string(1 << 17, 'a') + "\"/>"))), "");
}

TEST(ReadXlsxTest, OneStringMayStandInManyCells) {
  const std::string text(1'000, 'x');
  std::string rows;
  for (int i = 0; i < 100; ++i) rows += "<row><c t=\"s\"><v>0</v></c></row>";
  const std::string book = MakeZip(WorkbookParts(rows, "<si><t>" + text + "</t></si>"));
  EXPECT_EQ(Refusal(ReadXlsx(book, {.max_text_bytes = 100'000})), "");
  EXPECT_EQ(Refusal(ReadXlsx(book, {.max_text_bytes = 99'999})), "TOO_LARGE");
}

}  // namespace
}  // namespace jinhuan::table
