#include "platform/client_source.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace jinhuan {

std::string SourceOf(const std::string& address) {
  if (address.find('\0') != std::string::npos) return "-";  // inet_pton reads to there
  in_addr v4{};
  if (inet_pton(AF_INET, address.c_str(), &v4) == 1) return address;
  in6_addr v6{};
  if (inet_pton(AF_INET6, address.c_str(), &v6) != 1) return "-";
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (IN6_IS_ADDR_V4MAPPED(&v6)) {
    return inet_ntop(AF_INET, v6.s6_addr + 12, text.data(), text.size());
  }
  std::fill(v6.s6_addr + 8, v6.s6_addr + 16, 0);
  return std::string(inet_ntop(AF_INET6, &v6, text.data(), text.size())) + "/64";
}

bool IsAddress(const std::string& text) { return SourceOf(text) != "-"; }

}  // namespace jinhuan
