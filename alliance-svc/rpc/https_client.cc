#include "alliance-svc/rpc/https_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <atomic>
#include <memory>

#include "absl/time/clock.h"

namespace jinhuan::alliance {
namespace {

constexpr size_t kMaxBody = 256 << 10;
constexpr absl::Duration kLongest = absl::Seconds(5);
// Whoever waits for a server that says nothing holds a thread of ours.
constexpr int kAtOnce = 8;

struct Release {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
  void operator()(char* text) const { curl_free(text); }
};

size_t Take(char* data, size_t one, size_t size, void* body) {
  auto& text = *static_cast<std::string*>(body);
  if (text.size() + one * size > kMaxBody) return 0;  // ends the transfer
  text.append(data, one * size);
  return one * size;
}

std::unique_ptr<CURL, Release> NewCurl() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  return std::unique_ptr<CURL, Release>(started == CURLE_OK ? curl_easy_init() : nullptr);
}

// A place among those who ask.
class Turn {
 public:
  ~Turn() { --asking_; }
  bool Granted() const { return granted_; }

 private:
  static inline std::atomic<int> asking_ = 0;
  const bool granted_ = ++asking_ <= kAtOnce;
};

}  // namespace

bool IsSafeUrl(const std::string& url) {
  if (url.find('@') != std::string::npos) return false;  // what stands before it is no host
  for (const char* start : {"https://", "http://127.0.0.1:", "http://localhost:"}) {
    if (url.starts_with(start)) return true;
  }
  return false;
}

absl::StatusOr<HttpsAnswer> Ask(const HttpsRequest& request, absl::Time deadline) {
  if (!IsSafeUrl(request.url)) return absl::UnavailableError("not by https");
  const Turn turn;
  if (!turn.Granted()) return absl::UnavailableError("too many ask at once");
  const auto curl = NewCurl();
  if (curl == nullptr) return absl::UnavailableError("libcurl does not start");
  HttpsAnswer answer;
  const absl::Duration left = std::min(kLongest, deadline - absl::Now());
  if (left <= absl::ZeroDuration()) return absl::UnavailableError("no time left");
  curl_easy_setopt(curl.get(), CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_PROXY, "");
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "https,http");
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, long{absl::ToInt64Milliseconds(left)});
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, Take);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &answer.body);
  if (request.form.has_value()) {
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(request.form->size()));
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, request.form->c_str());
  }
  if (!request.user.empty()) {
    curl_easy_setopt(curl.get(), CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
    curl_easy_setopt(curl.get(), CURLOPT_USERNAME, request.user.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_PASSWORD, request.password.c_str());
  }
  const CURLcode done = curl_easy_perform(curl.get());
  if (done != CURLE_OK) return absl::UnavailableError(curl_easy_strerror(done));
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &answer.status);
  return answer;
}

std::string UrlEncoded(const std::string& text) {
  const auto curl = NewCurl();
  const std::unique_ptr<char, Release> encoded(
      curl_easy_escape(curl.get(), text.data(), static_cast<int>(text.size())));
  return encoded == nullptr ? "" : encoded.get();
}

}  // namespace jinhuan::alliance
