#include "gateway/browser.h"

#include <fmt/format.h>

namespace jinhuan::gateway {
namespace {

constexpr char kCookie[] = "jinhuan_session";

// The cookie is SameSite=Strict and JSON makes browsers ask first; this is the third
// bar, for sibling hosts of one site and for old browsers.
bool IsForeign(const http::Request& request) {
  const std::string_view origin = request.Get("origin");
  if (origin.empty()) return false;
  const size_t host = origin.find("://");
  return host == std::string_view::npos || origin.substr(host + 3) != request.Get("host");
}

}  // namespace

Visitor RecogniseBrowser(const Gate& gate, const http::Request& request, bool reads) {
  Visitor visitor =
      gate.Recognise([&](std::string_view name) { return request.Get(name); }, request.peer);
  if (visitor.credential.empty() && (reads || !IsForeign(request))) {
    visitor.credential = http::Cookie(request.Get("cookie"), kCookie);
  }
  return visitor;
}

std::optional<std::string> SessionIn(const ReceivedMetadata& leading) {
  if (leading.find(grpc::string_ref(kSessionMetadata)) == leading.end()) return std::nullopt;
  return std::string(ValueOf(leading, kSessionMetadata));
}

std::string SessionCookie(const Gate& gate, const http::Request& request, std::string_view token,
                          bool secure) {
  const bool tls =
      secure || (gate.IsTrustedProxy(request.peer) && request.Get("x-forwarded-proto") == "https");
  // How long it is good the service alone knows: the browser keeps it until it is closed.
  return fmt::format("{}={}; HttpOnly; SameSite=Strict; Path=/{}{}", kCookie, token,
                     token.empty() ? "; Max-Age=0" : "", tls ? "; Secure" : "");
}

}  // namespace jinhuan::gateway
