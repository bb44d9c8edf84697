#include "gateway/envelope.h"

#include "gateway/compression.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/status/error.h"

namespace jinhuan::gateway {
namespace {

constexpr size_t kPrefix = 5;

absl::Status Malformed(const char* detail) {
  return Error(error::v1::COMMON_REASON_MALFORMED_BODY, {{"detail", detail}});
}

uint32_t LengthIn(std::string_view prefix) {
  uint32_t length = 0;
  for (size_t i = 1; i < kPrefix; ++i) length = length << 8 | static_cast<uint8_t>(prefix[i]);
  return length;
}

}  // namespace

std::string Seal(uint8_t flags, std::string_view message) {
  std::string out;
  out.reserve(kPrefix + message.size());
  out.push_back(static_cast<char>(flags));
  for (int shift = 24; shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>(message.size() >> shift & 0xFF));
  }
  return out.append(message);
}

absl::Status NotOneMessage() {
  return absl::UnimplementedError("the method takes exactly one message");
}

absl::StatusOr<std::string> OpenOnly(std::string_view body, bool gzip, size_t limit) {
  if (body.empty()) return NotOneMessage();
  if (body.size() < kPrefix) return Malformed("a message is cut short");
  const auto flags = static_cast<uint8_t>(body.front());
  const uint32_t length = LengthIn(body);
  if (length > limit) return BodyTooLarge(limit);
  std::string_view message = body.substr(kPrefix);
  if (message.size() < length) return Malformed("a message is cut short");
  if (message.size() > length) return NotOneMessage();
  if ((flags & ~Envelope::kCompressed) != 0) return Malformed("unknown flags");
  if ((flags & Envelope::kCompressed) == 0 || message.empty()) return std::string(message);
  if (!gzip) return absl::InternalError("a message is compressed, but no header says how");
  return Gunzip(message, limit);
}

}  // namespace jinhuan::gateway
