#pragma once

#include <string_view>

namespace jinhuan::journal {

// The resource of the entries that say what was erased, and that stay themselves.
inline constexpr std::string_view kErasures = "journal/erasures";

}  // namespace jinhuan::journal
