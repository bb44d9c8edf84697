#include "gateway/compression.h"

#include <fmt/format.h>
#include <zlib.h>

#include "jinhuan/error/v1/reason.pb.h"
#include "platform/status/error.h"

namespace jinhuan::gateway {
namespace {

constexpr int kGzipWindow = 15 + 16;  // zlib.h: 16 asks for gzip framing
constexpr int kFast = 1;
constexpr size_t kChunk = 32 * 1024;

Bytef* Bytes(std::string_view text) {
  return reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
}

}  // namespace

absl::Status CompressionUnknown(const char* known) {
  return Error(error::v1::COMMON_REASON_COMPRESSION_UNKNOWN, {{"known", known}});
}

absl::Status BodyTooLarge(size_t limit) {
  return Error(error::v1::COMMON_REASON_BODY_TOO_LARGE, {{"limit_bytes", fmt::to_string(limit)}});
}

std::string Gzip(std::string_view content) {
  z_stream stream{};
  deflateInit2(&stream, kFast, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, content.size()), '\0');
  stream.next_in = Bytes(content);
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = Bytes(out);
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);  // one step: the bound leaves room for all of it
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

absl::StatusOr<std::string> Gunzip(std::string_view compressed, size_t limit) {
  z_stream stream{};
  inflateInit2(&stream, kGzipWindow);
  stream.next_in = Bytes(compressed);
  stream.avail_in = static_cast<uInt>(compressed.size());
  std::string out;
  int result = Z_OK;
  while (result == Z_OK && out.size() <= limit) {
    const size_t before = out.size();
    out.resize(before + kChunk);
    stream.next_out = Bytes(out) + before;
    stream.avail_out = kChunk;
    result = inflate(&stream, Z_NO_FLUSH);
    out.resize(before + kChunk - stream.avail_out);
  }
  const bool rest = stream.avail_in > 0;
  inflateEnd(&stream);
  if (out.size() > limit) return BodyTooLarge(limit);
  if (result != Z_STREAM_END || rest) {
    return Error(error::v1::COMMON_REASON_MALFORMED_BODY, {{"detail", "not gzip"}});
  }
  return out;
}

}  // namespace jinhuan::gateway
