#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "platform/table/xml_reader.h"

namespace jinhuan::table {

// The text of rich or plain strings (`si`, `is`): the `t` of all runs, without
// phonetic hints. Used by a handler for the elements inside such a string.
class RichText {
 public:
  void Start(std::string_view name);
  void End(std::string_view name);
  // Appends to `out` what belongs to the string.
  void Text(std::string_view text, std::string& out) const;

 private:
  bool in_text_ = false;
  bool in_hint_ = false;
};

// The shared strings of a workbook, held in one block.
class SharedStrings : public XmlHandler {
 public:
  absl::Status Start(std::string_view name, const XmlAttributes& attributes) override;
  absl::Status End(std::string_view name) override;
  absl::Status Text(std::string_view text) override;

  size_t size() const { return ends_.size(); }
  // Valid as long as this is and is not read into. `index` < size().
  std::string_view Get(size_t index) const;

 private:
  std::string block_;
  std::vector<uint32_t> ends_;  // in block_; a hostile file may have millions
  RichText rich_;
};

// A string as Excel shows it: `_x000D_` stands for a character that XML cannot
// hold. Controls other than line ends and tabs are left out.
std::string Unescape(std::string_view text);

// `text` so that what looks like such an escape in it is not taken for one. The
// library that writes escapes controls itself.
std::string Escape(std::string_view text);

}  // namespace jinhuan::table
