#include "gateway/trace.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "platform/id.h"

namespace jinhuan::gateway {
namespace {

constexpr size_t kMaxTracestate = 512;

bool IsHex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool IsZero(std::string_view text) { return text.find_first_not_of('0') == std::string_view::npos; }

}  // namespace

bool IsUuid(std::string_view text) {
  return text.size() == 36 && text[8] == '-' && text[13] == '-' && text[18] == '-' &&
         text[23] == '-' && IsHex(text.substr(0, 8)) && IsHex(text.substr(9, 4)) &&
         IsHex(text.substr(14, 4)) && IsHex(text.substr(19, 4)) && IsHex(text.substr(24));
}

bool IsTraceparent(std::string_view text) {
  if (text.size() != 55 || text.substr(0, 3) != "00-" || text[35] != '-' || text[52] != '-') {
    return false;
  }
  const std::string_view trace = text.substr(3, 32);
  const std::string_view span = text.substr(36, 16);
  return IsHex(trace) && IsHex(span) && IsHex(text.substr(53)) && !IsZero(trace) && !IsZero(span);
}

bool IsTracestate(std::string_view text) {
  return text.size() <= kMaxTracestate &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c <= 0x7E; });
}

std::string NewTraceparent() {
  std::array<unsigned char, 24> ids{};
  FillForNames(ids.data(), ids.size());
  ids[0] |= 1;  // neither id may be all zeros
  ids[16] |= 1;
  std::array<char, 49> hex{};
  sodium_bin2hex(hex.data(), hex.size(), ids.data(), ids.size());
  const std::string_view text(hex.data(), 48);
  std::string result = "00-";
  result += text.substr(0, 32);
  result += '-';
  result += text.substr(32);
  result += "-01";
  return result;
}

}  // namespace jinhuan::gateway
