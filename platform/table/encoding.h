#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace jinhuan::table {

// Text of an unknown encoding as UTF-8 without byte order mark: UTF-16 when it
// begins with that mark, else UTF-8, else GB18030; all strictly. A text that is
// UTF-8 but for a few bytes is refused, though GB18030 could mean something by
// it. Errors: NOT_A_TABLE (control characters: no text), ENCODING_UNKNOWN.
// Thread-safe.
absl::StatusOr<std::string> ToUtf8(std::string_view bytes);

}  // namespace jinhuan::table
