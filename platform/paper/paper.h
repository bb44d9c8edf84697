#pragma once

#include <string>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace jinhuan::paper {

// What a passage is, as official papers number and set them (GB/T 9704-2012, 7.3.3).
enum class Style {
  kBody,      // 正文: FangSong, indented by two characters
  kHeading,   // 一、: Hei
  kHeading2,  // （一）: Kai
};

struct Passage {
  Style style = Style::kBody;
  std::string text;  // lines are apart by '\n'
};

// Who was there (出席、请假、列席, GB/T 9704-2012, 10.3): a label in Hei with a full-width
// colon, the names hang behind it.
struct Roll {
  std::string label;
  std::string names;
};

struct GridColumn {
  std::string title;
  int share = 1;  // of the width, against the other columns' shares; 1 or more
};

// A table; its header comes again on every page.
struct Grid {
  std::vector<GridColumn> columns;
  std::vector<std::vector<std::string>> rows;  // as wide as `columns`
};

using Block = std::variant<Passage, Roll, Grid>;

// An official paper. All text is UTF-8, as protobuf's strings are, and of any length; what is
// empty is left out.
struct Paper {
  std::string masthead;  // 发文机关标志, red
  std::string number;    // 发文字号
  std::string title;
  std::vector<Block> blocks;
  std::string signature;    // 署名
  std::string date;         // 成文日期
  std::string copies;       // 抄送
  absl::Time created = {};  // in the file's properties; nothing else in it has a time
};

// The paper as a PDF in the layout of GB/T 9704-2012: A4, margins 37 and 28 mm, a type area
// of 156 × 225 mm with 22 lines of 28 characters of 16 pt, titles of 22 pt, page numbers in
// dashes, outside. Text can be searched and copied. Where the machine has no FangSong or
// XiaoBiaoSong, which are not free, Noto Serif stands in.
//
// Errors: INTERNAL. Thread-safe.
absl::StatusOr<std::string> WritePdf(const Paper& paper);

// The same as OpenDocument text (ISO/IEC 26300) for editing, with the fonts' official names.
// The same paper gives the same bytes. Errors and thread-safety: as WritePdf.
absl::StatusOr<std::string> WriteOdt(const Paper& paper);

}  // namespace jinhuan::paper
