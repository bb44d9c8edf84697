#pragma once

#include "absl/time/time.h"

namespace jinhuan::rpc {

// How often a watch says something, however quiet it is. Clients are promised a message at least
// every 15 s, and who looks whether one is due does so every second at the least.
inline constexpr absl::Duration kHeartbeat = absl::Seconds(13);

}  // namespace jinhuan::rpc
