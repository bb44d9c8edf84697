#include <cairo-pdf.h>
#include <fmt/format.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

#include "platform/paper/measures.h"
#include "platform/paper/paper.h"
#include "platform/status/status_macros.h"
#include "platform/text/utf8.h"

namespace jinhuan::paper {
namespace {

template <auto kFree>
struct Freed {
  template <class T>
  void operator()(T* one) const {
    kFree(one);
  }
};
using Surface = std::unique_ptr<cairo_surface_t, Freed<cairo_surface_destroy>>;
using Context = std::unique_ptr<cairo_t, Freed<cairo_destroy>>;
using Layout = std::unique_ptr<PangoLayout, Freed<g_object_unref>>;
using Font = std::unique_ptr<PangoFontDescription, Freed<pango_font_description_free>>;
using Attributes = std::unique_ptr<PangoAttrList, Freed<pango_attr_list_unref>>;

// How a text is set.
struct Setting {
  const char* fonts = kFangSong;
  double size = kBodySize;
  double line = kLine;  // from baseline to baseline
  PangoAlignment align = PANGO_ALIGN_LEFT;
  double indent = 0;  // of the first line; below 0 it hangs
  bool bold = false;
  bool red = false;
  bool grid = true;  // 28 characters a line
};

const Setting kBody{.indent = 2 * kCharacter};
const Setting kHeading{.fonts = kHei, .indent = 2 * kCharacter};
const Setting kHeading2{.fonts = kKai, .indent = 2 * kCharacter};
const Setting kTitle{.fonts = kXiaoBiaoSong,
                     .size = kTitleSize,
                     .line = 36,
                     .align = PANGO_ALIGN_CENTER,
                     .bold = true,
                     .grid = false};
const Setting kCell{.size = kGridSize, .line = kGridLine, .grid = false};
const Setting kHeaderCell{.fonts = kHei,
                          .size = kGridSize,
                          .line = kGridLine,
                          .align = PANGO_ALIGN_CENTER,
                          .grid = false};

cairo_status_t AppendTo(void* bytes, const unsigned char* data, unsigned int size) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), size);
  return CAIRO_STATUS_SUCCESS;
}

// Writes from top to bottom, page after page.
class PdfPress {
 public:
  PdfPress(const Paper& paper, std::string& bytes)
      : surface_(cairo_pdf_surface_create_for_stream(AppendTo, &bytes, kPageWidth, kPageHeight)),
        context_(cairo_create(surface_.get())) {
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE, paper.title.c_str());
    const std::string created =
        absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", paper.created, absl::UTCTimeZone());
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_CREATE_DATE, created.c_str());
  }

  absl::Status Print(const Paper& paper) {
    if (!paper.masthead.empty()) Masthead(paper.masthead, paper.number);
    if (!paper.title.empty()) {
      Write(paper.title, kTitle);
      Skip(kLine);
    }
    for (const Block& block : paper.blocks) {
      std::visit([&](const auto& one) { Put(one); }, block);
    }
    Foot(paper);
    EndPage();
    cairo_surface_finish(surface_.get());
    const cairo_status_t status = cairo_surface_status(surface_.get());
    if (status == CAIRO_STATUS_SUCCESS) return absl::OkStatus();
    return absl::InternalError(fmt::format("cairo: {}", cairo_status_to_string(status)));
  }

 private:
  Layout Set(const std::string& text, const Setting& setting, double width) {
    Layout layout(pango_cairo_create_layout(context_.get()));
    const Font font(pango_font_description_from_string(setting.fonts));
    pango_font_description_set_absolute_size(font.get(), setting.size * PANGO_SCALE);
    if (setting.bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_width(layout.get(), pango_units_from_double(width));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout.get(), setting.align);
    pango_layout_set_indent(layout.get(), pango_units_from_double(setting.indent));
    pango_layout_set_justify(layout.get(), setting.align == PANGO_ALIGN_LEFT && setting.grid);
    const Attributes attributes(pango_attr_list_new());
    if (setting.grid) {
      pango_attr_list_insert(
          attributes.get(),
          pango_attr_letter_spacing_new(pango_units_from_double(kCharacter - setting.size)));
    }
    pango_attr_list_insert(attributes.get(),
                           pango_attr_language_new(pango_language_from_string("zh-cn")));
    pango_layout_set_attributes(layout.get(), attributes.get());
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    return layout;
  }

  // Draws the lines [from, to) of `layout`, the first one's top at `y`.
  void Draw(const Layout& layout, int from, int to, double x, double y, double line) {
    PangoLayoutIter* at = pango_layout_get_iter(layout.get());
    for (int i = 0; i < to; ++i) {
      if (i >= from) {
        PangoRectangle logical;
        pango_layout_iter_get_line_extents(at, nullptr, &logical);
        cairo_move_to(context_.get(), x + pango_units_to_double(logical.x),
                      y + (i - from) * line + line * 0.74);
        pango_cairo_show_layout_line(context_.get(), pango_layout_iter_get_line_readonly(at));
      }
      if (pango_layout_iter_next_line(at) == 0) break;
    }
    pango_layout_iter_free(at);
  }

  void Write(const std::string& text, const Setting& setting, double left = 0,
             double width = kWidth) {
    const Layout layout = Set(text, setting, width);
    const int lines = pango_layout_get_line_count(layout.get());
    if (setting.red) cairo_set_source_rgb(context_.get(), 0.85, 0, 0);
    for (int done = 0; done < lines;) {
      if (Room() < setting.line) NextPage();
      const int here = std::min(lines - done, static_cast<int>((Room() + 0.01) / setting.line));
      Draw(layout, done, done + here, kLeft + left, kTop + y_, setting.line);
      y_ += here * setting.line;
      done += here;
    }
    cairo_set_source_rgb(context_.get(), 0, 0, 0);
  }

  void Masthead(const std::string& text, const std::string& number) {
    y_ = 35 * kMillimetre;
    Setting setting{.fonts = kXiaoBiaoSong,
                    .size = kMastheadSize,
                    .line = kMastheadSize * 1.2,
                    .align = PANGO_ALIGN_CENTER,
                    .bold = true,
                    .red = true,
                    .grid = false};
    const Layout probe = Set(text, setting, 100 * kWidth);
    PangoRectangle logical;
    pango_layout_get_line_readonly(probe.get(), 0);
    pango_layout_line_get_extents(pango_layout_get_line_readonly(probe.get(), 0), nullptr,
                                  &logical);
    const double wide = pango_units_to_double(logical.width);
    // Whole points: what is set at exactly the width may be a hair wider, and wrap.
    setting.size = std::clamp(std::floor(setting.size * kWidth / wide), kTitleSize, setting.size);
    Write(text, setting);
    Skip(kLine);
    if (!number.empty()) Write(number, {.align = PANGO_ALIGN_CENTER});
    Skip(4 * kMillimetre);
    cairo_set_source_rgb(context_.get(), 0.85, 0, 0);
    Rule(1.5);
    cairo_set_source_rgb(context_.get(), 0, 0, 0);
    Skip(2 * kLine);
  }

  void Put(const Passage& passage) {
    // A heading stands above something.
    if (passage.style != Style::kBody && Room() < 2 * kLine) NextPage();
    Write(passage.text, passage.style == Style::kHeading    ? kHeading
                        : passage.style == Style::kHeading2 ? kHeading2
                                                            : kBody);
  }

  void Put(const Roll& roll) {
    // The label stands on the first line of the names, which hang behind it.
    const double label = (2 + CodePoints(roll.label) + 1) * kCharacter;
    if (Room() < kLine) NextPage();
    const double top = y_;
    Write(roll.label + "：", {.fonts = kHei, .indent = 2 * kCharacter});
    y_ = top;
    Write(roll.names.empty() ? "无" : roll.names, {}, label, kWidth - label);
  }

  void Put(const Grid& grid) {
    if (grid.columns.empty()) return;
    const int shares = std::accumulate(grid.columns.begin(), grid.columns.end(), 0,
                                       [](int sum, const auto& one) { return sum + one.share; });
    widths_.clear();
    std::vector<std::string> header;
    for (const GridColumn& column : grid.columns) {
      widths_.push_back(kWidth * column.share / shares);
      header.push_back(column.title);
    }
    Skip(kGridPadding);
    if (Room() < 4 * kGridLine) NextPage();
    Row(header, kHeaderCell, nullptr);
    for (const auto& row : grid.rows) Row(row, kCell, &header);
    Skip(kGridPadding);
  }

  // A row, on as many pages as it takes; `header` comes first on each further one.
  void Row(const std::vector<std::string>& cells, const Setting& setting,
           const std::vector<std::string>* header) {
    std::vector<Layout> layouts;
    int lines = 1;
    for (size_t i = 0; i < widths_.size(); ++i) {
      layouts.push_back(
          Set(i < cells.size() ? cells[i] : "", setting, widths_[i] - 2 * kGridPadding));
      lines = std::max(lines, pango_layout_get_line_count(layouts.back().get()));
    }
    for (int done = 0; done < lines;) {
      if (Room() < kGridLine + 2 * kGridPadding) {
        NextPage();
        if (header != nullptr) Row(*header, kHeaderCell, nullptr);
      }
      const int here =
          std::min(lines - done, static_cast<int>((Room() - 2 * kGridPadding + 0.01) / kGridLine));
      const double height = here * kGridLine + 2 * kGridPadding;
      double x = kLeft;
      for (size_t i = 0; i < widths_.size(); ++i) {
        Box(x, kTop + y_, widths_[i], height);
        Draw(layouts[i], done, done + here, x + kGridPadding, kTop + y_ + kGridPadding, kGridLine);
        x += widths_[i];
      }
      y_ += height;
      done += here;
    }
  }

  void Foot(const Paper& paper) {
    if (!paper.signature.empty() || !paper.date.empty()) {
      Skip(2 * kLine);
      if (Room() < 2 * kLine) NextPage();
      // The date is four characters in from the right edge, the signature two.
      Write(paper.signature, {.align = PANGO_ALIGN_RIGHT}, 0, kWidth - 2 * kCharacter);
      Write(paper.date, {.align = PANGO_ALIGN_RIGHT}, 0, kWidth - 4 * kCharacter);
    }
    if (paper.copies.empty()) return;
    const Setting small{.size = kSmallSize, .line = 24, .grid = false};
    const double height =
        24 * pango_layout_get_line_count(
                 Set("抄送：" + paper.copies, small, kWidth - 2 * kCharacter).get());
    if (Room() < height + 12) NextPage();
    y_ = kHeight - height - 12;
    Rule(0.8);
    Skip(4);
    Write("抄送：" + paper.copies, small, kCharacter, kWidth - 2 * kCharacter);
    Skip(4);
    Rule(0.8);
  }

  void Rule(double thickness) {
    cairo_set_line_width(context_.get(), thickness);
    cairo_move_to(context_.get(), kLeft, kTop + y_);
    cairo_rel_line_to(context_.get(), kWidth, 0);
    cairo_stroke(context_.get());
  }

  void Box(double x, double y, double width, double height) {
    cairo_set_line_width(context_.get(), 0.5);
    cairo_rectangle(context_.get(), x, y, width, height);
    cairo_stroke(context_.get());
  }

  double Room() const { return kHeight - y_; }
  void Skip(double height) { y_ += height; }

  void EndPage() {
    ++page_;
    const Setting setting{.fonts = kSong,
                          .size = kSmallSize,
                          .line = 20,
                          .align = page_ % 2 == 1 ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT,
                          .grid = false};
    const Layout number = Set(fmt::format("— {} —", page_), setting, kWidth - 2 * kSmallSize);
    Draw(number, 0, 1, kLeft + kSmallSize, kTop + kHeight + 7 * kMillimetre - 10, setting.line);
    cairo_show_page(context_.get());
  }
  void NextPage() {
    EndPage();
    y_ = 0;
  }

  Surface surface_;
  Context context_;
  double y_ = 0;  // below the top of the type area
  int page_ = 0;  // pages ended
  std::vector<double> widths_;
};

}  // namespace

absl::StatusOr<std::string> WritePdf(const Paper& paper) {
  std::string bytes;
  PdfPress press(paper, bytes);
  JH_RETURN_IF_ERROR(press.Print(paper));
  return bytes;
}

}  // namespace jinhuan::paper
