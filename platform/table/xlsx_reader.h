#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "platform/table/table.h"

namespace jinhuan::table {

// Reads a workbook from the bytes of a zip file, as ReadTable says. Thread-safe.
absl::StatusOr<Table> ReadXlsx(std::string_view bytes, const Limits& limits);

}  // namespace jinhuan::table
