#pragma once

#include <sodium.h>

#include <optional>
#include <string>
#include <string_view>

namespace jinhuan::journal::tree {

// Standard base64 with padding (RFC 4648, section 4).
inline std::string ToBase64(std::string_view bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // the terminator that sodium counts
  return text;
}

// Nothing unless `text` is what ToBase64 makes of some bytes.
inline std::optional<std::string> FromBase64(std::string_view text) {
  std::string bytes(text.size() / 4 * 3 + 3, '\0');
  size_t length = 0;
  const char* end = nullptr;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), nullptr, &length, &end, sodium_base64_VARIANT_ORIGINAL) != 0 ||
      end != text.data() + text.size()) {
    return std::nullopt;
  }
  bytes.resize(length);
  if (ToBase64(bytes) != text) return std::nullopt;
  return bytes;
}

}  // namespace jinhuan::journal::tree
