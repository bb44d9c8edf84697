#include "platform/api/page.h"

#include <sodium.h>

#include <algorithm>
#include <charconv>
#include <limits>

#include "platform/api/fingerprint.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"
#include "platform/text/utf8.h"

namespace jinhuan::api {
namespace {

constexpr int kDefaultSize = 50;
constexpr int kMaxSize = 1000;
constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
constexpr size_t kDigest = 8;
constexpr size_t kMaxToken = 1024;

// Binds a token to the list that it belongs to.
std::string Digest(const google::protobuf::Message& request) {
  return Fingerprint(request, {"page_size", "page_token"}).substr(0, kDigest);
}

std::string Encode(const std::string& raw) {
  std::string text(sodium_base64_encoded_len(raw.size(), kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(raw.data()),
                    raw.size(), kVariant);
  text.pop_back();
  return text;
}

bool Decode(const std::string& text, std::string& raw) {
  raw.resize(text.size());
  size_t length = 0;
  const int result =
      sodium_base642bin(reinterpret_cast<unsigned char*>(raw.data()), raw.size(), text.data(),
                        text.size(), nullptr, &length, nullptr, kVariant);
  raw.resize(length);
  return result == 0;
}

// Columns are joined by the one byte that no column holds.
std::vector<std::string> Split(std::string_view joined) {
  std::vector<std::string> parts;
  for (size_t at = 0; at <= joined.size();) {
    const size_t end = std::min(joined.find('\0', at), joined.size());
    parts.emplace_back(joined.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

}  // namespace

absl::StatusOr<Page> ReadPage(const google::protobuf::Message& request, size_t key_columns) {
  const auto* descriptor = request.GetDescriptor();
  const auto* reflection = request.GetReflection();
  const int size = reflection->GetInt32(request, descriptor->FindFieldByName("page_size"));
  const std::string token =
      reflection->GetString(request, descriptor->FindFieldByName("page_token"));
  Violations violations;
  violations.Check("page_size", size >= 0, "0 or more", "0 或以上");
  JH_RETURN_IF_ERROR(violations.ToStatus());
  Page page{.size = size == 0 ? kDefaultSize : std::min(size, kMaxSize), .after = {}};
  if (token.empty()) return page;
  std::string raw;
  const bool ours = token.size() <= kMaxToken && Decode(token, raw) && raw.size() > kDigest &&
                    raw.substr(0, kDigest) == Digest(request) &&
                    CodePoints(raw.substr(kDigest)) >= 0;
  if (ours) page.after = Split(std::string_view(raw).substr(kDigest));
  if (page.after.size() != key_columns) {
    return Error(error::v1::COMMON_REASON_PAGE_TOKEN_INVALID);
  }
  return page;
}

std::string NextPageToken(const google::protobuf::Message& request,
                          const std::vector<std::string>& last_key) {
  std::string raw = Digest(request);
  for (size_t i = 0; i < last_key.size(); ++i) {
    if (i > 0) raw += '\0';
    raw += last_key[i];
  }
  return Encode(raw);
}

absl::StatusOr<int64_t> NumberOf(const std::string& column) {
  int64_t number = 0;
  const char* const end = column.data() + column.size();
  const auto [parsed, code] = std::from_chars(column.data(), end, number);
  // The greatest is refused too: a caller may ask for the one after it.
  if (code != std::errc() || parsed != end || number < 0 ||
      number == std::numeric_limits<int64_t>::max()) {
    return Error(error::v1::COMMON_REASON_PAGE_TOKEN_INVALID);
  }
  return number;
}

}  // namespace jinhuan::api
