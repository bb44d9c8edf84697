#pragma once

#include <string>
#include <string_view>

namespace jinhuan::alliance {

// `text` as a unified social credit code is written: ASCII letters in upper
// case. Changes nothing else.
std::string NormaliseUscc(std::string_view text);

// Whether `code` is a unified social credit code (统一社会信用代码) by
// GB 32100-2015: 18 characters of 0-9 and A-Z without I, O, S, V and Z, the last
// of them the check character of the 17 before. Lower case is not valid;
// NormaliseUscc comes first.
bool IsUscc(std::string_view code);

}  // namespace jinhuan::alliance
