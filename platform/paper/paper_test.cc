#include "platform/paper/paper.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>

namespace jinhuan::paper {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

Paper Example() {
  Paper paper;
  paper.masthead = "某某街道区域化党建联盟联席会议纪要";
  paper.number = "〔2026〕3号";
  paper.title = "2026年第三次联席会议纪要";
  const auto say = [&](const std::string& text, Style style = Style::kBody) {
    Passage passage;
    passage.style = style;
    passage.text = text;
    paper.blocks.emplace_back(std::move(passage));
  };
  say("2026年9月18日，联盟召开第三次联席会议，由轮值主席单位主持。");
  say("一、关于夜间共享停车", Style::kHeading);
  for (int i = 0; i < 30; ++i) {
    say("会议认为，夜间停车供需矛盾突出，应当由写字楼业主单位错时开放车位，居民凭预约进出，费用从优"
        "。"
        "“先约后停”的办法经表决通过（赞成12票、反对1票、弃权2票）。");
  }
  say("（一）任务分工", Style::kHeading2);
  Grid grid{.columns = {{"序号", 1}, {"事项", 5}, {"责任单位", 3}, {"完成时限", 2}}, .rows = {}};
  for (int i = 1; i <= 40; ++i) {
    grid.rows.push_back(
        {std::to_string(i), "开放夜间车位并按月报告使用情况", "云杉银行", "2026-10-31"});
  }
  paper.blocks.emplace_back(std::move(grid));
  paper.blocks.push_back(Roll{.label = "出席",
                              .names = "云杉银行（副总经理）、蓝桥物业（经理）、"
                                       "青禾小学（校长）、远山科技（行政主管）"});
  paper.blocks.push_back(Roll{.label = "请假", .names = ""});
  paper.signature = "某某街道区域化党建联盟";
  paper.date = "2026年9月20日";
  paper.copies = "各成员单位。";
  paper.created = absl::FromUnixSeconds(1'790'000'000);
  return paper;
}

// Leaves what was made where a person, or a later test, can look at it.
void Keep(const std::string& name, const std::string& bytes) {
  const char* folder = std::getenv("JINHUAN_ARTIFACTS");
  if (folder == nullptr) return;
  std::ofstream(fmt::format("{}/{}", folder, name), std::ios::binary) << bytes;
}

TEST(PaperTest, APdfOfManyPages) {
  const auto pdf = WritePdf(Example());
  ASSERT_TRUE(pdf.ok()) << pdf.status();
  Keep("paper.pdf", *pdf);
  EXPECT_THAT(*pdf, StartsWith("%PDF-1."));
  EXPECT_GT(pdf->size(), 20'000U);   // with its fonts
  EXPECT_LT(pdf->size(), 600'000U);  // of the fonts only what is used
}

TEST(PaperTest, AnOdtWhoseTypeStandsFirst) {
  const auto odt = WriteOdt(Example());
  ASSERT_TRUE(odt.ok()) << odt.status();
  Keep("paper.odt", *odt);
  EXPECT_THAT(odt->substr(0, 100), HasSubstr("mimetypeapplication/vnd.oasis.opendocument.text"));
  EXPECT_EQ(*odt, *WriteOdt(Example()));
}

TEST(PaperTest, NothingIsAPaperToo) {
  EXPECT_TRUE(WritePdf({}).ok());
  EXPECT_TRUE(WriteOdt({}).ok());
}

// What a table's cell holds may be longer than a page.
TEST(PaperTest, ACellLongerThanAPageGoesOnOnTheNext) {
  Paper paper;
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "长";
  paper.blocks.push_back(Grid{.columns = {{"甲", 1}, {"乙", 1}}, .rows = {{text, "短"}}});
  const auto pdf = WritePdf(paper);
  ASSERT_TRUE(pdf.ok());
  Keep("long-cell.pdf", *pdf);
}

}  // namespace
}  // namespace jinhuan::paper
