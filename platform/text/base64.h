#pragma once

// A header alone, so that every room may use it without linking ICU.

#include <sodium.h>

#include <optional>
#include <string>
#include <string_view>

namespace jinhuan {

// Which base64 of RFC 4648.
enum class Base64 : int {
  kPadded = sodium_base64_VARIANT_ORIGINAL,  // section 4
  kPlain = sodium_base64_VARIANT_ORIGINAL_NO_PADDING,
  kUrl = sodium_base64_VARIANT_URLSAFE_NO_PADDING,  // section 5
};

inline std::string ToBase64(std::string_view bytes, Base64 kind) {
  const int variant = static_cast<int>(kind);
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), variant);
  text.pop_back();  // the terminator that sodium counts
  return text;
}

// The bytes behind `text`; nothing when it is not base64 of that kind from its first character to
// its last.
inline std::optional<std::string> FromBase64(std::string_view text, Base64 kind) {
  std::string bytes(text.size() / 4 * 3 + 3, '\0');
  size_t length = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), nullptr, &length, nullptr, static_cast<int>(kind)) != 0) {
    return std::nullopt;
  }
  bytes.resize(length);
  return bytes;
}

// The bytes behind base64 of any kind, as clients send it; nothing when it is none.
inline std::optional<std::string> FromAnyBase64(std::string_view text) {
  while (!text.empty() && text.back() == '=') text.remove_suffix(1);
  const bool url = text.find_first_of("-_") != std::string_view::npos;
  return FromBase64(text, url ? Base64::kUrl : Base64::kPlain);
}

}  // namespace jinhuan
