#pragma once

#include <cstdint>
#include <string_view>

namespace jinhuan::meeting {

// Reads bytes from front to back and never beyond the end: a read of more than there is
// gives nothing and makes the reader fail for good. Not thread-safe.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  bool ok() const { return ok_; }
  bool empty() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }

  std::string_view Take(size_t count) {
    if (count > rest_.size()) {
      ok_ = false;
      rest_ = {};
      return {};
    }
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }
  // Numbers of `bytes` bytes, at most 4; 0 when there are not so many.
  uint32_t Big(size_t bytes) {
    uint32_t number = 0;
    for (const char c : Take(bytes)) number = number << 8 | static_cast<uint8_t>(c);
    return number;
  }
  uint32_t Little(size_t bytes) {
    uint32_t number = 0;
    int shift = 0;
    for (const char c : Take(bytes)) {
      number |= uint32_t{static_cast<uint8_t>(c)} << shift;
      shift += 8;
    }
    return number;
  }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace jinhuan::meeting
