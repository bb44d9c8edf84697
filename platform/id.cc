#include "platform/id.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace jinhuan {
namespace {

// Milliseconds, and below them 4096ths of one in the 12 bits of rand_a (RFC 9562,
// section 6.2, method 3).
uint64_t Ticks(absl::Time time) {
  const auto nanos = static_cast<uint64_t>(absl::ToUnixNanos(time));
  return (nanos / 1'000'000 << 12) + ((nanos % 1'000'000) << 12) / 1'000'000;
}

}  // namespace

void FillForNames(unsigned char* bytes, size_t count) {
  struct Drawn {
    std::array<unsigned char, 1024> bytes;
    size_t left = 0;
  };
  static thread_local Drawn drawn;
  if (count > drawn.bytes.size()) return randombytes_buf(bytes, count);
  if (count > drawn.left) {
    randombytes_buf(drawn.bytes.data(), drawn.bytes.size());
    drawn.left = drawn.bytes.size();
  }
  drawn.left -= count;
  std::copy_n(drawn.bytes.data() + drawn.left, count, bytes);
}

std::string RandomIdSource::NewId() {
  std::array<unsigned char, 16> id{};
  FillForNames(id.data() + 8, 8);
  const uint64_t now = Ticks(clock_.Now());
  uint64_t last = last_.load();
  uint64_t next = 0;
  do {
    next = std::max(now, last + 1);
  } while (!last_.compare_exchange_weak(last, next));
  const uint64_t ms = next >> 12;
  for (size_t i = 0; i < 6; ++i) id[i] = static_cast<unsigned char>(ms >> (40 - 8 * i));
  id[6] = static_cast<unsigned char>(0x70 | ((next >> 8) & 0x0F));  // version 7
  id[7] = static_cast<unsigned char>(next);
  id[8] = static_cast<unsigned char>(0x80 | (id[8] & 0x3F));  // variant 10
  std::array<char, 33> hex{};
  sodium_bin2hex(hex.data(), hex.size(), id.data(), id.size());
  const std::string_view digits(hex.data(), 32);
  std::string text;
  text.reserve(36);
  size_t begin = 0;
  for (const size_t length : {8, 4, 4, 4, 12}) {
    if (begin > 0) text.push_back('-');
    text.append(digits.substr(begin, length));
    begin += length;
  }
  return text;
}

std::string RandomIdSource::RandomBytes(size_t count) {
  std::string bytes(count, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

std::string RandomToken(size_t bytes) {
  std::vector<unsigned char> raw(bytes);
  randombytes_buf(raw.data(), raw.size());
  std::string text(sodium_base64_encoded_len(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING),
                   '\0');
  sodium_bin2base64(text.data(), text.size(), raw.data(), raw.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  text.pop_back();  // the terminator that sodium counts
  return text;
}

}  // namespace jinhuan
