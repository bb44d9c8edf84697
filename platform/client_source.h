#pragma once

#include <string>

namespace jinhuan {

// What everything from `address` is counted by, calls, connections and wrong passwords alike:
// the address itself, or for IPv6 the /64 that one subscriber holds, at most 45 ASCII characters;
// "-" for what is no address.
std::string SourceOf(const std::string& address);

// Whether `text` is an IP address as it is written, and nothing besides.
bool IsAddress(const std::string& text);

}  // namespace jinhuan
