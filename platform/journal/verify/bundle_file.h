#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "jinhuan/journal/v1/proof.pb.h"

namespace jinhuan::journal::verify {

// Reads a bundle from a file's content: proto3 JSON where it begins with '{', which
// no binary bundle does; else binary. INVALID_ARGUMENT, with why in English, for
// what is no bundle, has fields that are not known, or, in binary, is not exactly
// what serialising it gives: no byte is left unread.
absl::StatusOr<v1::Bundle> ParseBundle(const std::string& content);

}  // namespace jinhuan::journal::verify
