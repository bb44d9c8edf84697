#include "meeting-svc/rpc/smtp_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <string_view>

#include "absl/strings/numbers.h"
#include "platform/log.h"

namespace jinhuan::meeting {
namespace {

constexpr long kConnectMs = 10'000;
constexpr long kLongestMs = 30'000;
// A server ends what is idle, and says so first: such a connection is not taken again.
constexpr long kIdleSeconds = 20;

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

// Reads what is left of a message.
size_t Give(char* data, size_t one, size_t size, void* left) {
  auto& text = *static_cast<std::string_view*>(left);
  const size_t given = std::min(one * size, text.size());
  std::memcpy(data, text.data(), given);
  text.remove_prefix(given);
  return given;
}

int GoesOn(void* stop, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const std::atomic<bool>*>(stop)->load() ? 1 : 0;
}

// What is heard of a conversation.
struct Heard {
  SmtpEnd end;
  bool over = false;
};

// Notes the last command and its answer. What is said to end a conversation, also an earlier one,
// is no part of it; nor is what follows AUTH a command.
int Listen(CURL*, curl_infotype kind, char* data, size_t size, void* to) {
  Heard& heard = *static_cast<Heard*>(to);
  std::string_view line(data, size);
  line = line.substr(0, line.find_first_of("\r\n"));
  if (kind == CURLINFO_HEADER_OUT) {
    const std::string_view verb = line.substr(0, line.find(' '));
    heard.over = verb == "QUIT";
    for (const char* known : {"EHLO", "HELO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA"}) {
      if (verb == known) heard.end.verb = verb;
    }
    if (!heard.over) heard.end.code = 0;
  } else if (kind == CURLINFO_HEADER_IN && !heard.over && line.size() >= 3) {
    if (!absl::SimpleAtoi(std::string(line.substr(0, 3)), &heard.end.code)) return 0;
    heard.end.text = line.substr(std::min<size_t>(4, line.size()));
  }
  return 0;
}

long TlsOf(SmtpOptions::Tls tls) {
  switch (tls) {
    case SmtpOptions::Tls::kRequired:
      return CURLUSESSL_ALL;
    case SmtpOptions::Tls::kOpportunistic:
      return CURLUSESSL_TRY;
    case SmtpOptions::Tls::kNone:
      break;
  }
  return CURLUSESSL_NONE;
}

}  // namespace

struct SmtpClient::Curl {
  Curl() {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    handle = started == CURLE_OK ? curl_easy_init() : nullptr;
  }
  ~Curl() { curl_easy_cleanup(handle); }
  CURL* handle;
};

SmtpClient::SmtpClient(SmtpOptions options)
    : options_(std::move(options)), curl_(std::make_unique<Curl>()) {}

SmtpClient::~SmtpClient() = default;

SmtpEnd SmtpClient::Send(const std::string& to, const std::string& message,
                         const std::atomic<bool>& stop) {
  Heard heard;
  CURL* const curl = curl_->handle;
  if (curl == nullptr) return heard.end;
  curl_easy_reset(curl);  // keeps the connection
  const std::string from = "<" + options_.from + ">";
  const std::unique_ptr<curl_slist, FreeList> recipients(
      curl_slist_append(nullptr, ("<" + to + ">").c_str()));
  std::string_view left = message;
  curl_easy_setopt(curl, CURLOPT_URL, options_.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, kConnectMs);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, kLongestMs);
  curl_easy_setopt(curl, CURLOPT_MAXAGE_CONN, kIdleSeconds);
  curl_easy_setopt(curl, CURLOPT_USE_SSL, TlsOf(options_.tls));
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
  if (!options_.ca_file.empty()) {
    curl_easy_setopt(curl, CURLOPT_CAINFO, options_.ca_file.c_str());
    curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);
  }
  if (!options_.user.empty()) {
    curl_easy_setopt(curl, CURLOPT_USERNAME, options_.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, options_.password.c_str());
  }
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, Give);
  curl_easy_setopt(curl, CURLOPT_READDATA, &left);
  curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);  // what Listen hears
  curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, Listen);
  curl_easy_setopt(curl, CURLOPT_DEBUGDATA, &heard);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, GoesOn);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &stop);
  const CURLcode done = curl_easy_perform(curl);
  SmtpEnd& end = heard.end;
  end.accepted = done == CURLE_OK;
  if (!end.accepted) {
    log::Warning("mail not taken",
                 {{"why", curl_easy_strerror(done)}, {"verb", end.verb}, {"code", end.code}});
  }
  return std::move(end);
}

}  // namespace jinhuan::meeting
