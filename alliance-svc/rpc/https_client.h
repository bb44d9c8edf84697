#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace jinhuan::alliance {

// A request to another server.
struct HttpsRequest {
  std::string url;                       // https; http on this machine alone
  std::optional<std::string> form = {};  // set: posted, as it is
  std::string user = {};                 // with `password`: Basic authentication
  std::string password = {};
};

struct HttpsAnswer {
  long status = 0;
  std::string body;
};

// Whether a URL may be asked: by https, or on the loopback.
bool IsSafeUrl(const std::string& url);

// Asks and waits for the answer, by libcurl: certificates are verified, redirections not
// followed, more than 256 KiB not taken, and it takes 5 s at most; eight ask at once, no
// more. UNAVAILABLE when there is no answer. Thread-safe.
absl::StatusOr<HttpsAnswer> Ask(const HttpsRequest& request, absl::Time deadline);

// `text` percent-encoded for a URL or a form.
std::string UrlEncoded(const std::string& text);

}  // namespace jinhuan::alliance
