#include <fmt/format.h>
#include <libodfgen/libodfgen.hxx>

#include <numeric>

#include "platform/paper/measures.h"
#include "platform/paper/odt_package.h"
#include "platform/paper/paper.h"

namespace jinhuan::paper {
namespace {

using librevenge::RVNGPropertyList;
using librevenge::RVNGPropertyListVector;
using librevenge::RVNGString;

// The fonts by the names that the standard gives them: who edits the file has them, or the
// editor finds what stands in.
constexpr char kFangSongName[] = "FangSong";
constexpr char kXiaoBiaoSongName[] = "FZXiaoBiaoSong-B05S";
constexpr char kHeiName[] = "SimHei";
constexpr char kKaiName[] = "KaiTi";
constexpr char kSongName[] = "SimSun";

constexpr char kRed[] = "#d90000";
constexpr char kBlack[] = "#000000";

std::string Points(double points) { return fmt::format("{:.2f}pt", points); }

void Put(RVNGPropertyList& list, const char* name, const std::string& value) {
  list.insert(name, RVNGString(value.c_str()));
}

// How a paragraph and its characters look.
struct Look {
  const char* font = kFangSongName;
  double size = kBodySize;
  double line = kLine;
  const char* align = "justify";
  double indent = 0;
  double left = 0;
  double right = 0;
  double above = 0;
  bool bold = false;
  const char* color = kBlack;
};

const Look kBody{.indent = 2 * kCharacter};
const Look kHeading{.font = kHeiName, .indent = 2 * kCharacter};
const Look kHeading2{.font = kKaiName, .indent = 2 * kCharacter};
const Look kTitle{
    .font = kXiaoBiaoSongName, .size = kTitleSize, .line = 36, .align = "center", .bold = true};
const Look kCell{.size = kGridSize, .line = kGridLine, .align = "start"};
const Look kHeaderCell{.font = kHeiName, .size = kGridSize, .line = kGridLine, .align = "center"};

class OdtPress {
 public:
  explicit OdtPress(OdtPackage& package) {
    for (OdtPackage::Part& part : package.parts) {
      generator_.addDocumentHandler(&part.handler, part.type);
    }
  }

  void Print(const Paper& paper) {
    generator_.startDocument({});
    RVNGPropertyList facts;
    Put(facts, "dc:title", paper.title);
    Put(facts, "meta:creation-date",
        absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", paper.created, absl::UTCTimeZone()));
    generator_.setDocumentMetaData(facts);
    OpenPages();
    Masthead(paper);
    if (!paper.title.empty()) Lines(paper.title, kTitle);
    Lines("", kBody);
    for (const Block& block : paper.blocks) {
      std::visit([&](const auto& one) { PutBlock(one); }, block);
    }
    Foot(paper);
    generator_.closePageSpan();
    generator_.endDocument();
  }

 private:
  void OpenPages() {
    RVNGPropertyList page;
    Put(page, "fo:page-width", Points(kPageWidth));
    Put(page, "fo:page-height", Points(kPageHeight));
    Put(page, "fo:margin-top", Points(kTop));
    Put(page, "fo:margin-left", Points(kLeft));
    Put(page, "fo:margin-right", Points(kPageWidth - kLeft - kWidth));
    // The footer stands inside it, below the type area.
    const double below = kPageHeight - kTop - kHeight;
    Put(page, "fo:margin-bottom", Points(below - 40));
    generator_.openPageSpan(page);
    RVNGPropertyList every;
    Put(every, "librevenge:occurrence", "all");
    generator_.openFooter(every);
    OpenParagraph({.font = kSongName, .size = kSmallSize, .line = 20, .align = "center"});
    Text("— ");
    RVNGPropertyList field;
    Put(field, "librevenge:field-type", "text:page-number");
    Put(field, "style:num-format", "1");
    generator_.insertField(field);
    Text(" —");
    CloseParagraph();
    generator_.closeFooter();
  }

  void Masthead(const Paper& paper) {
    if (paper.masthead.empty()) return;
    Lines(paper.masthead, {.font = kXiaoBiaoSongName,
                           .size = kMastheadSize - 8,
                           .line = kMastheadSize * 1.2,
                           .align = "center",
                           .above = 35 * kMillimetre,
                           .bold = true,
                           .color = kRed});
    Look number{.align = "center", .above = kLine};
    OpenParagraph(number, kRed);
    Text(paper.number);
    CloseParagraph();
    Lines("", kBody);
  }

  void PutBlock(const Passage& passage) {
    Lines(passage.text, passage.style == Style::kHeading    ? kHeading
                        : passage.style == Style::kHeading2 ? kHeading2
                                                            : kBody);
  }

  void PutBlock(const Roll& roll) {
    OpenParagraph({.indent = -3 * kCharacter, .left = 5 * kCharacter});
    OpenSpan({.font = kHeiName});
    Text(roll.label + "：");
    generator_.closeSpan();
    Text(roll.names.empty() ? "无" : roll.names);
    CloseParagraph();
  }

  void PutBlock(const Grid& grid) {
    const int shares = std::accumulate(grid.columns.begin(), grid.columns.end(), 0,
                                       [](int sum, const auto& one) { return sum + one.share; });
    RVNGPropertyListVector columns;
    std::vector<std::string> header;
    for (const GridColumn& column : grid.columns) {
      RVNGPropertyList one;
      Put(one, "style:column-width", Points(kWidth * column.share / shares));
      columns.append(one);
      header.push_back(column.title);
    }
    RVNGPropertyList table;
    Put(table, "style:width", Points(kWidth));
    Put(table, "table:align", "left");
    table.insert("librevenge:table-columns", columns);
    generator_.openTable(table);
    Row(header, kHeaderCell, true);
    for (const auto& row : grid.rows) Row(row, kCell, false);
    generator_.closeTable();
  }

  void Row(const std::vector<std::string>& cells, const Look& look, bool header) {
    RVNGPropertyList row;
    row.insert("librevenge:is-header-row", header);
    generator_.openTableRow(row);
    for (const std::string& text : cells) {
      RVNGPropertyList cell;
      Put(cell, "fo:border", "0.5pt solid #000000");
      Put(cell, "fo:padding", Points(kGridPadding));
      generator_.openTableCell(cell);
      Lines(text, look);
      generator_.closeTableCell();
    }
    generator_.closeTableRow();
  }

  void Foot(const Paper& paper) {
    if (!paper.signature.empty() || !paper.date.empty()) {
      Lines(paper.signature, {.align = "end", .right = 2 * kCharacter, .above = 2 * kLine});
      Lines(paper.date, {.align = "end", .right = 4 * kCharacter});
    }
    if (!paper.copies.empty()) {
      OpenParagraph({.size = kSmallSize, .line = 24, .above = kLine}, kBlack);
      Text("抄送：" + paper.copies);
      CloseParagraph();
    }
  }

  // A paragraph for each line of `text`, one for an empty text.
  void Lines(std::string_view text, const Look& look) {
    do {
      const size_t end = text.find('\n');
      OpenParagraph(look);
      Text(std::string(text.substr(0, end)));
      CloseParagraph();
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    } while (!text.empty());
  }

  void OpenParagraph(const Look& look, const char* rule = nullptr) {
    RVNGPropertyList paragraph;
    Put(paragraph, "fo:text-align", look.align);
    Put(paragraph, "fo:line-height", Points(look.line));
    Put(paragraph, "fo:text-indent", Points(look.indent));
    Put(paragraph, "fo:margin-left", Points(look.left));
    Put(paragraph, "fo:margin-right", Points(look.right));
    Put(paragraph, "fo:margin-top", Points(look.above));
    Put(paragraph, "fo:margin-bottom", "0pt");
    if (rule != nullptr) {
      Put(paragraph, "fo:border-bottom", fmt::format("1pt solid {}", rule));
      Put(paragraph, "fo:padding-bottom", Points(4 * kMillimetre));
    }
    generator_.openParagraph(paragraph);
    OpenSpan(look);
  }
  void CloseParagraph() {
    generator_.closeSpan();
    generator_.closeParagraph();
  }

  void OpenSpan(const Look& look) {
    RVNGPropertyList span;
    Put(span, "style:font-name", look.font);
    Put(span, "fo:font-size", Points(look.size));
    Put(span, "fo:font-weight", look.bold ? "bold" : "normal");
    Put(span, "fo:color", look.color);
    Put(span, "fo:language", "zh");
    Put(span, "fo:country", "CN");
    generator_.openSpan(span);
  }

  void Text(const std::string& text) { generator_.insertText(RVNGString(text.c_str())); }

  OdtGenerator generator_;
};

}  // namespace

absl::StatusOr<std::string> WriteOdt(const Paper& paper) {
  OdtPackage package;
  OdtPress(package).Print(paper);
  return package.Zip(paper.created);
}

}  // namespace jinhuan::paper
