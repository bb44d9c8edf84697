#include "meeting-svc/domain/mail_address.h"

#include <algorithm>

#include "absl/strings/ascii.h"

namespace jinhuan::meeting {
namespace {

constexpr size_t kMaxAddress = 254;
constexpr size_t kMaxLocal = 64;
constexpr size_t kMaxLabel = 63;

bool IsAtom(std::string_view atom) {
  constexpr std::string_view kMarks = "!#$%&'*+-/=?^_`{|}~";
  return !atom.empty() && std::all_of(atom.begin(), atom.end(), [&](unsigned char c) {
    return absl::ascii_isalnum(c) || kMarks.find(static_cast<char>(c)) != std::string_view::npos;
  });
}

bool IsLabel(std::string_view label) {
  return !label.empty() && label.size() <= kMaxLabel && label.front() != '-' &&
         label.back() != '-' && std::all_of(label.begin(), label.end(), [](unsigned char c) {
           return absl::ascii_isalnum(c) || c == '-';
         });
}

// Whether each part of `text` between dots is one by `is`; at least `parts`.
bool AllParts(std::string_view text, int parts, bool (*is)(std::string_view)) {
  for (;; --parts) {
    const size_t dot = text.find('.');
    if (!is(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return parts <= 1;
    text.remove_prefix(dot + 1);
  }
}

}  // namespace

bool IsMailAddress(std::string_view address) {
  const size_t at = address.rfind('@');
  if (at == std::string_view::npos || address.size() > kMaxAddress || at > kMaxLocal) return false;
  return AllParts(address.substr(0, at), 1, IsAtom) && AllParts(MailDomain(address), 2, IsLabel);
}

std::string MaskMail(std::string_view address) {
  if (address.empty()) return "";
  return std::string(address.substr(0, 1)).append("***@").append(MailDomain(address));
}

std::string_view MailDomain(std::string_view address) {
  return address.substr(address.rfind('@') + 1);
}

}  // namespace jinhuan::meeting
