#include "gateway/envelope.h"

#include <algorithm>
#include <utility>

#include "gateway/compression.h"
#include "jinhuan/error/v1/reason.pb.h"
#include "platform/status/error.h"
#include "platform/status/status_macros.h"

namespace jinhuan::gateway {
namespace {

constexpr size_t kPrefix = 5;
constexpr size_t kPackUpTo = 1 << 20;
constexpr std::string_view kGzip = "gzip";

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

absl::Status NotOneMessage() { return Error(error::v1::COMMON_REASON_ONE_MESSAGE_WANTED); }

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
  if (!gzip) return Error(error::v1::COMMON_REASON_COMPRESSION_UNNAMED);
  return Gunzip(message, limit);
}

absl::Status MessageStream::Pass(std::string_view data, std::string& out) {
  return PassSome(data, out, std::numeric_limits<size_t>::max());
}

absl::Status MessageStream::PassSome(std::string_view& data, std::string& out, size_t enough) {
  const bool grows = mode_ == Mode::kUnpack && coding_ == kGzip;
  while (!data.empty() && !(grows && between() && out.size() >= enough)) {
    if (prefix_.size() < kPrefix) {
      const size_t taken = std::min(kPrefix - prefix_.size(), data.size());
      prefix_.append(data.substr(0, taken));
      data.remove_prefix(taken);
      if (prefix_.size() < kPrefix) return absl::OkStatus();
      JH_RETURN_IF_ERROR(Begin(out));
    }
    const size_t taken = std::min(left_, data.size());
    (kept_ ? message_ : out).append(data.substr(0, taken));
    data.remove_prefix(taken);
    left_ -= taken;
    if (left_ == 0) JH_RETURN_IF_ERROR(Finish(out));
  }
  return absl::OkStatus();
}

absl::Status MessageStream::Begin(std::string& out) {
  if (++begun_ > most_) return NotOneMessage();
  left_ = LengthIn(prefix_);
  if (left_ > limit_) return BodyTooLarge(limit_);
  const auto flags = static_cast<uint8_t>(prefix_.front());
  if ((flags & ~Envelope::kCompressed) != 0) return Malformed("unknown flags");
  const bool compressed = flags != 0;
  kept_ = mode_ == Mode::kPack ? !compressed && left_ >= kCompressFrom && left_ <= kPackUpTo
                               : compressed;
  if (!kept_) out += prefix_;
  if (!kept_ || mode_ == Mode::kPack) return absl::OkStatus();
  if (mode_ == Mode::kPlain) {
    return CompressionUnknown("identity");
  }
  if (coding_ == kGzip) return absl::OkStatus();
  if (coding_.empty() || coding_ == "identity") {
    return Error(error::v1::COMMON_REASON_COMPRESSION_UNNAMED);
  }
  return CompressionUnknown();
}

absl::Status MessageStream::Finish(std::string& out) {
  prefix_.clear();
  if (!std::exchange(kept_, false)) return absl::OkStatus();
  if (mode_ == Mode::kPack) {
    out += Seal(Envelope::kCompressed, Gzip(message_));
  } else {
    JH_ASSIGN_OR_RETURN(const std::string unpacked,
                        message_.empty() ? message_ : Gunzip(message_, limit_));
    out += Seal(0, unpacked);
  }
  std::string().swap(message_);  // it may have been large, and a stream lives long
  return absl::OkStatus();
}

}  // namespace jinhuan::gateway
