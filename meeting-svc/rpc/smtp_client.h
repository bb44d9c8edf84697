#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "meeting-svc/domain/mail_delivery.h"

namespace jinhuan::meeting {

// The mail server that takes our mail, and how it is spoken to.
struct SmtpOptions {
  enum class Tls { kRequired, kOpportunistic, kNone };

  std::string url;   // smtp://host:port or smtps://host:port
  std::string from;  // the address that mails come from
  std::string user;  // empty: without authentication
  std::string password;
  Tls tls = Tls::kRequired;  // of smtp://; wherever TLS is spoken the certificate is verified
  std::string ca_file;       // authorities in place of the machine's; empty: those
};

// Hands mails to a mail server by libcurl, over one connection while it lasts. Not thread-safe.
class SmtpClient {
 public:
  explicit SmtpClient(SmtpOptions options);
  ~SmtpClient();

  // Sends `message` (mail_message.h) to one address; it takes 30 s at most, and ends within a
  // second or so once `stop` is set. Says how the conversation ended; neither addresses nor what
  // the server says of them are logged.
  SmtpEnd Send(const std::string& to, const std::string& message, const std::atomic<bool>& stop);

 private:
  struct Curl;

  const SmtpOptions options_;
  std::unique_ptr<Curl> curl_;
};

}  // namespace jinhuan::meeting
