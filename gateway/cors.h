#pragma once

#include <string>
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

  // Whether a browser asks before a call of an allowed page. The answer is 204 with
  // HeadersFor.
  bool IsPreflight(const http::Request& request) const;

  // What the answer to a request adds; nothing for a page that is not allowed.
  std::vector<http::Header> HeadersFor(const http::Request& request) const;

 private:
  bool Allows(std::string_view origin) const;

  const std::vector<std::string> origins_;
};

}  // namespace jinhuan::gateway
