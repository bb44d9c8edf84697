#pragma once

// A header alone, so that every room may use it without linking ICU.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace jinhuan {

// How many bytes (1 to 4) the well-formed UTF-8 sequence at the beginning of
// `text` has; 0 when there is none (Unicode 15, table 3-7: nothing overlong, no
// surrogate, nothing beyond U+10FFFF) or `text` is empty.
constexpr size_t Utf8Length(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto tail = [&](size_t i) { return i < text.size() && (byte(i) & 0xC0) == 0x80; };
  if (text.empty()) return 0;
  const unsigned char lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return tail(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    if (!tail(1) || !tail(2)) return 0;
    if ((lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xED && byte(1) > 0x9F)) return 0;
    return 3;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    if (!tail(1) || !tail(2) || !tail(3)) return 0;
    if ((lead == 0xF0 && byte(1) < 0x90) || (lead == 0xF4 && byte(1) > 0x8F)) return 0;
    return 4;
  }
  return 0;
}

// How many code points `text` has; -1 when it is not UTF-8.
constexpr int CodePoints(std::string_view text) {
  int count = 0;
  for (; !text.empty(); ++count) {
    const size_t length = Utf8Length(text);
    if (length == 0) return -1;
    text.remove_prefix(length);
  }
  return count;
}

// The first `most` code points of `text`, or all of it; of what is not UTF-8 a byte counts as
// one.
inline std::string Utf8Prefix(std::string_view text, int most) {
  size_t bytes = 0;
  for (int i = 0; i < most && bytes < text.size(); ++i) {
    const size_t length = Utf8Length(text.substr(bytes));
    bytes += length == 0 ? 1 : length;
  }
  return std::string(text.substr(0, bytes));
}

// The code points of `text`; nothing when it is not UTF-8.
inline std::optional<std::u32string> DecodeUtf8(std::string_view text) {
  std::u32string points;
  while (!text.empty()) {
    const size_t length = Utf8Length(text);
    if (length == 0) return std::nullopt;
    char32_t point = static_cast<unsigned char>(text[0]) & (length == 1 ? 0x7F : 0x7F >> length);
    for (size_t i = 1; i < length; ++i) {
      point = point << 6 | (static_cast<unsigned char>(text[i]) & 0x3F);
    }
    points += point;
    text.remove_prefix(length);
  }
  return points;
}

// Appends the UTF-8 of `point`, which is below U+110000 and no surrogate.
inline void AppendUtf8(char32_t point, std::string& out) {
  const auto tail = [&](int shift) { out += static_cast<char>(0x80 | (point >> shift & 0x3F)); };
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += static_cast<char>(0xC0 | point >> 6);
    tail(0);
  } else if (point < 0x10000) {
    out += static_cast<char>(0xE0 | point >> 12);
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0 | point >> 18);
    tail(12);
    tail(6);
    tail(0);
  }
}

}  // namespace jinhuan
