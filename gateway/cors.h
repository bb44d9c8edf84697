#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/http/message.h"

namespace jinhuan::gateway {

// Which pages of other sites may call (the Fetch standard, section 3.2, "CORS protocol").
// They call with a bearer token: the session cookie stays with its own site, so
// credentials are never allowed. Immutable, so thread-safe.
class Cors {
 public:
  // `origins`: `https://host[:port]`, or `*` for any; empty: none.
  explicit Cors(std::vector<std::string> origins) : origins_(std::move(origins)) {}

  // The answer to a browser that asks before a call of an allowed page, but for what Allow
  // adds to it; nothing for any other request.
  std::optional<http::Response> Preflight(const http::Request& request) const;

  // Adds to an answer what lets a page of `origin` read it, with all its headers; nothing
  // for a page that is not allowed.
  void Allow(std::string_view origin, http::Response& answer) const;

 private:
  bool Allows(std::string_view origin) const;

  const std::vector<std::string> origins_;
};

}  // namespace jinhuan::gateway
