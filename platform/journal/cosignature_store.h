#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "platform/db/connection.h"
#include "platform/journal/tree/note.h"

namespace jinhuan::journal {

// What witnesses signed.

// Keeps a verified cosignature of the checkpoint of that size, unless a newer one of
// the same witness is there.
absl::Status WriteCosignature(db::Connection& connection, int64_t tree_size,
                              const tree::Signature& signature);

// The signature lines of a checkpoint, each with its line end.
absl::StatusOr<std::string> ReadCosignatures(db::Connection& connection, int64_t tree_size);

// The largest size that was cosigned; 0 for none.
absl::StatusOr<int64_t> ReadLastCosigned(db::Connection& connection);

}  // namespace jinhuan::journal
