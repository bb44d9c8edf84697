#include "meeting-svc/domain/mail_message.h"

#include <fmt/format.h>

#include "absl/strings/escaping.h"
#include "absl/strings/string_view.h"
#include "platform/text/utf8.h"

namespace jinhuan::meeting {
namespace {

constexpr char kSenderName[] = "金环";
// Bytes of an encoded word: 52 characters of base64, with `=?UTF-8?B?` and `?=` and the name of
// the header before the first they stay within 76.
constexpr size_t kWordBytes = 39;
constexpr size_t kLineBytes = 57;  // 76 characters of base64

std::string Base64(std::string_view bytes) {
  return absl::Base64Escape(absl::string_view(bytes.data(), bytes.size()));
}

// The first whole characters of `text` that fit into a word, taken from it.
std::string TakeWord(std::string_view& text) {
  std::string word;
  while (!text.empty()) {
    const size_t length = Utf8Length(text);
    if (word.size() + std::max<size_t>(length, 1) > kWordBytes) break;
    const auto first = static_cast<unsigned char>(text[0]);
    if (length == 0) {
      word += '?';
    } else if (first < 0x20 || first == 0x7F) {
      word += ' ';
    } else {
      word += text.substr(0, length);
    }
    text.remove_prefix(std::max<size_t>(length, 1));
  }
  return word;
}

// The body: lines end in CRLF before they are encoded, as text/plain has them.
std::string EncodedBody(std::string_view text) {
  std::string lines;
  for (const char c : text) {
    if (c == '\n') lines += '\r';
    if (c != '\r') lines += c;
  }
  std::string body;
  for (std::string_view left = lines; !left.empty();
       left.remove_prefix(std::min(kLineBytes, left.size()))) {
    body += Base64(left.substr(0, kLineBytes)) + "\r\n";
  }
  return body;
}

}  // namespace

std::string EncodedHeader(std::string_view name, std::string_view text) {
  std::string header = fmt::format("{}:", name);
  do {
    header += fmt::format(" =?UTF-8?B?{}?=\r\n", Base64(TakeWord(text)));
  } while (!text.empty());
  return header;
}

std::string Render(const MailMessage& message) {
  std::string from = EncodedHeader("From", kSenderName);
  from.resize(from.size() - 2);  // the address follows on the line
  return fmt::format(
             "Date: {}\r\n{} <{}>\r\nTo: <{}>\r\nMessage-ID: <{}>\r\n",
             absl::FormatTime("%a, %d %b %Y %H:%M:%S +0000", message.time, absl::UTCTimeZone()),
             from, message.from, message.to, message.id) +
         EncodedHeader("Subject", message.subject) +
         fmt::format(
             "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
             "Content-Transfer-Encoding: base64\r\nAuto-Submitted: auto-generated\r\n"
             "List-Unsubscribe: <{}>\r\n\r\n",
             message.unsubscribe_url) +
         EncodedBody(message.text);
}

}  // namespace jinhuan::meeting
