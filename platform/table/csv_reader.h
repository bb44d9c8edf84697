#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "platform/table/table.h"

namespace jinhuan::table {

// Reads CSV from UTF-8 without byte order mark, as ReadTable says. Thread-safe.
absl::StatusOr<Table> ReadCsv(std::string_view text, const Limits& limits);

}  // namespace jinhuan::table
