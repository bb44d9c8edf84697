#pragma once

#include <string_view>

namespace jinhuan {

// A word that is not read as its characters are by themselves.
struct PinyinWord {
  std::u32string_view text;
  std::string_view initials;  // as many as `text` has characters
};

// The longest such word that `text` begins with; nullptr when there is none.
// Thread-safe.
const PinyinWord* FindPinyinWord(std::u32string_view text);

}  // namespace jinhuan
