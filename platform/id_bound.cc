#include "platform/id_bound.h"

#include <fmt/format.h>

#include <algorithm>

namespace jinhuan {

std::string FirstIdOf(absl::Time time) {
  const auto ms = static_cast<uint64_t>(std::max<int64_t>(absl::ToUnixMillis(time), 0));
  return fmt::format("{:08x}-{:04x}", ms >> 16, ms & 0xFFFF);
}

}  // namespace jinhuan
