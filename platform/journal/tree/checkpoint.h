#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "platform/journal/tree/hasher.h"

namespace jinhuan::journal::tree {

// What a log commits to: its first `size` leaves have this root.
struct Checkpoint {
  std::string origin;  // which log
  int64_t size = 0;
  Hash root;
  Algorithm algorithm = Algorithm::kSm3;
  bool operator==(const Checkpoint&) const = default;
};

// The text of a note (c2sp.org/tlog-checkpoint): origin, size, root in base64, and
// one extension line, "hash sm3", since SHA-256 is not what a reader may assume.
std::string Format(const Checkpoint& checkpoint);
// INVALID_ARGUMENT unless `text` is what Format makes of some checkpoint.
absl::StatusOr<Checkpoint> ParseCheckpoint(std::string_view text);

}  // namespace jinhuan::journal::tree
