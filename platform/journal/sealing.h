#pragma once

#include <cstdint>

#include "absl/status/statusor.h"
#include "platform/db/connection.h"
#include "platform/journal/head.h"
#include "platform/journal/tree/merkle.h"

namespace jinhuan::journal {

// How many entries one transaction takes, of either kind.
constexpr int64_t kSealBatch = 512;

// Both in a transaction that holds the fence, and moved on with it: `head` is what
// ReadHead said, `frontier` the right edge of its tree.

// Numbers up to kSealBatch committed entries and adds them to the tree; returns how
// many. The tree must hold all that is sealed.
absl::StatusOr<int64_t> SealNew(db::Connection& connection, Head& head, tree::Frontier& frontier);

// Adds to the tree up to kSealBatch entries that were sealed before there was one,
// each with a salt; returns how many.
absl::StatusOr<int64_t> SealOld(db::Connection& connection, Head& head, tree::Frontier& frontier);

}  // namespace jinhuan::journal
