#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jinhuan::gateway::http {

struct HostPort {
  std::string host;  // without the brackets that an IPv6 address has
  uint16_t port = 0;
};

// host:port in two; nothing when it is none.
inline std::optional<HostPort> ReadHostPort(std::string_view text) {
  const size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string_view host = text.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  HostPort result{std::string(host), 0};
  const std::string_view port = text.substr(colon + 1);
  const char* const end = port.data() + port.size();
  const auto [read, error] = std::from_chars(port.data(), end, result.port);
  if (port.empty() || read != end || error != std::errc()) return std::nullopt;
  return result;
}

}  // namespace jinhuan::gateway::http
