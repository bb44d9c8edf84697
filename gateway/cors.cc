#include "gateway/cors.h"

#include <algorithm>

namespace jinhuan::gateway {
namespace {

constexpr char kMaxAge[] = "7200";  // seconds; browsers take no more
// What a page needs of an answer: how a gRPC-Web call ended before its body, and which
// request to speak of.
constexpr char kExposed[] =
    "grpc-status, grpc-message, grpc-status-details-bin, grpc-encoding, connect-content-encoding, "
    "x-request-id";

bool AsksFirst(const http::Request& request) {
  return request.method == "OPTIONS" && !request.Get("access-control-request-method").empty();
}

}  // namespace

bool Cors::Allows(std::string_view origin) const {
  return !origin.empty() && std::any_of(origins_.begin(), origins_.end(), [&](const auto& allowed) {
    return allowed == "*" || allowed == origin;
  });
}

bool Cors::IsPreflight(const http::Request& request) const {
  return AsksFirst(request) && Allows(request.Get("origin"));
}

std::vector<http::Header> Cors::HeadersFor(const http::Request& request) const {
  const std::string origin(request.Get("origin"));
  if (!Allows(origin)) return {};
  if (!AsksFirst(request)) {
    return {{"Access-Control-Allow-Origin", origin},
            {"Access-Control-Expose-Headers", kExposed},
            {"Vary", "Origin"}};
  }
  return {
      {"Access-Control-Allow-Origin", origin},
      {"Access-Control-Allow-Methods", "GET, POST"},
      {"Access-Control-Allow-Headers", std::string(request.Get("access-control-request-headers"))},
      {"Access-Control-Max-Age", kMaxAge},
      {"Vary", "Origin"}};
}

}  // namespace jinhuan::gateway
