#pragma once

#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace jinhuan::meeting {

// A mail to one person.
struct MailMessage {
  std::string id;       // of Message-ID, without brackets: the same whenever it is sent
  std::string from;     // an address
  std::string to;       // an address
  std::string subject;  // any text
  std::string text;     // any text
  std::string unsubscribe_url;
  absl::Time time;
};

// The message as it travels (RFC 5322, 2045, 2047): UTF-8 text in base64, lines of at most 76
// bytes that end in CRLF. Nothing in subject or text makes a header or a line of its own.
std::string Render(const MailMessage& message);

// `text` as the value of the header `name`, with the name, in encoded words that hold whole
// characters. Controls become spaces, and what is not UTF-8 `?`.
std::string EncodedHeader(std::string_view name, std::string_view text);

}  // namespace jinhuan::meeting
