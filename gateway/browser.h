#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/gate.h"
#include "gateway/http/message.h"
#include "gateway/metadata.h"

namespace jinhuan::gateway {

// Who sends a request over HTTP: by bearer token, or by the session cookie of a browser.
// A page of another origin may not act with its visitor's cookie. `reads`: the request
// changes nothing.
Visitor RecogniseBrowser(const Gate& gate, const http::Request& request, bool reads);

// The session that a service hands over, empty to end it; nothing when it is as it was.
std::optional<std::string> SessionIn(const ReceivedMetadata& leading);

// The Set-Cookie value that carries a session in the answer to `request`, or ends it when
// `token` is empty. For TLS alone when the request came over it, or `secure` says so.
std::string SessionCookie(const Gate& gate, const http::Request& request, std::string_view token,
                          bool secure);

}  // namespace jinhuan::gateway
