#pragma once

#include <charconv>
#include <string_view>

namespace jinhuan::table {

// Reads all of `text` as a decimal number; says whether it is one, and leaves
// `value` alone when it is not.
template <class Number>
bool Parse(std::string_view text, Number& value) {
  Number read;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), read);
  if (error != std::errc() || end != text.data() + text.size()) return false;
  value = read;
  return true;
}

}  // namespace jinhuan::table
