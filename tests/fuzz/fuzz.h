#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jinhuan::fuzz {

// Each target defines this: it parses `input`, and requires of the outcome what must hold
// for any input.
void Check(std::string_view input);

// Ends the process, so that the input is kept, unless `held`.
inline void Require(bool held) {
  if (!held) __builtin_trap();
}

// Takes the first line off `input`, for targets that parse more than one thing.
inline std::string_view TakeLine(std::string_view& input) {
  const size_t end = input.find('\n');
  const std::string_view line = input.substr(0, end);
  input.remove_prefix(end == std::string_view::npos ? input.size() : end + 1);
  return line;
}

}  // namespace jinhuan::fuzz
