#include "gateway/cors.h"

#include <algorithm>

namespace jinhuan::gateway {
namespace {

constexpr char kMaxAge[] = "7200";  // seconds; browsers take no more

// By name, since "*" stands for nothing where a page sends its token.
std::string NamesOf(const std::vector<http::Header>& headers) {
  std::string names;
  for (const http::Header& header : headers) {
    if (header.name == "Set-Cookie") continue;  // no page may read it
    if (!names.empty()) names += ", ";
    names += header.name;
  }
  return names;
}

}  // namespace

bool Cors::Allows(std::string_view origin) const {
  return !origin.empty() && std::any_of(origins_.begin(), origins_.end(), [&](const auto& allowed) {
    return allowed == "*" || allowed == origin;
  });
}

std::optional<http::Response> Cors::Preflight(const http::Request& request) const {
  if (request.method != "OPTIONS" || request.Get("access-control-request-method").empty() ||
      !Allows(request.Get("origin"))) {
    return std::nullopt;
  }
  return http::Response{.status = 204,
                        .headers = {{"Access-Control-Allow-Methods", "GET, POST"},
                                    {"Access-Control-Allow-Headers",
                                     std::string(request.Get("access-control-request-headers"))},
                                    {"Access-Control-Max-Age", kMaxAge}}};
}

void Cors::Allow(std::string_view origin, http::Response& answer) const {
  if (!Allows(origin)) return;
  std::string exposed = NamesOf(answer.headers);
  answer.headers.push_back({"Access-Control-Allow-Origin", std::string(origin)});
  answer.headers.push_back({"Access-Control-Expose-Headers", std::move(exposed)});
  answer.headers.push_back({"Vary", "Origin"});
}

}  // namespace jinhuan::gateway
