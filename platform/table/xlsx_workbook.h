#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "platform/table/zip_archive.h"

namespace jinhuan::table {

// Where the parts of a workbook are that ReadXlsx needs.
struct Workbook {
  std::string sheet;       // the first visible worksheet
  std::string strings;     // "" when there is none
  std::string styles;      // "" when there is none
  bool from_1904 = false;  // dates count from 1904-01-01, not from 1899-12-30
};

// Finds them by the relations between the parts, not by customary names. Errors:
// NOT_A_TABLE (a zip file that is no workbook, or one with macros),
// SHEET_MISSING, and those of ReadXml.
absl::StatusOr<Workbook> ReadWorkbook(ZipArchive& archive);

}  // namespace jinhuan::table
