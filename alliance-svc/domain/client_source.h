#pragma once

#include <string>

namespace jinhuan::alliance {

// What wrong passwords from `address` are counted by: the address itself, or for
// IPv6 the /64 that one subscriber holds, at most 45 ASCII characters; "-" when no
// address is known.
std::string SourceOf(const std::string& address);

}  // namespace jinhuan::alliance
