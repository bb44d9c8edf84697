#include "platform/table/xlsx_strings.h"

#include <charconv>

#include "platform/text/utf8.h"

namespace jinhuan::table {
namespace {

constexpr std::string_view kEscape = "_xHHHH_";

// The UTF-16 unit that `text` begins with an escape of; -1 when it does not.
int EscapedUnit(std::string_view text) {
  if (text.size() < kEscape.size() || !text.starts_with("_x") || text[6] != '_') return -1;
  unsigned unit = 0;
  const char* end = text.data() + 6;
  const auto [stopped, error] = std::from_chars(text.data() + 2, end, unit, 16);
  return error == std::errc() && stopped == end ? static_cast<int>(unit) : -1;
}

}  // namespace

void RichText::Start(std::string_view name) {
  in_text_ = name == "t";
  in_hint_ = in_hint_ || name == "rPh";
}

void RichText::End(std::string_view name) {
  in_text_ = false;
  if (name == "rPh") in_hint_ = false;
}

void RichText::Text(std::string_view text, std::string& out) const {
  if (in_text_ && !in_hint_) out += text;
}

absl::Status SharedStrings::Start(std::string_view name, const XmlAttributes&) {
  rich_.Start(name);
  return absl::OkStatus();
}

absl::Status SharedStrings::End(std::string_view name) {
  rich_.End(name);
  if (name == "si") ends_.push_back(static_cast<uint32_t>(block_.size()));
  return absl::OkStatus();
}

absl::Status SharedStrings::Text(std::string_view text) {
  rich_.Text(text, block_);
  return absl::OkStatus();
}

std::string_view SharedStrings::Get(size_t index) const {
  const size_t begin = index == 0 ? 0 : ends_[index - 1];
  return std::string_view(block_).substr(begin, ends_[index] - begin);
}

std::string Unescape(std::string_view text) {
  std::string plain;
  for (;;) {
    const size_t at = text.find("_x");
    if (at == text.npos) return plain.append(text);
    plain += text.substr(0, at);
    text.remove_prefix(at);
    const int unit = EscapedUnit(text);
    const bool surrogate = unit >= 0xD800 && unit < 0xE000;
    if (unit < 0 || surrogate) {
      plain += text.substr(0, 2);
      text.remove_prefix(2);
      continue;
    }
    if (unit >= 0x20 || unit == '\t' || unit == '\n' || unit == '\r') {
      AppendUtf8(static_cast<char32_t>(unit), plain);
    }
    text.remove_prefix(kEscape.size());
  }
}

std::string Escape(std::string_view text) {
  std::string escaped;
  for (size_t at = text.find("_x"); at != text.npos; at = text.find("_x")) {
    escaped += text.substr(0, at);
    escaped += EscapedUnit(text.substr(at)) < 0 ? "_x" : "_x005F_x";
    text.remove_prefix(at + 2);
  }
  return escaped.append(text);
}

}  // namespace jinhuan::table
