#include "platform/table/xlsx_reader.h"

#include "platform/status/status_macros.h"
#include "platform/table/table_builder.h"
#include "platform/table/xlsx_sheet.h"
#include "platform/table/xlsx_strings.h"
#include "platform/table/xlsx_styles.h"
#include "platform/table/xlsx_workbook.h"
#include "platform/table/zip_archive.h"

namespace jinhuan::table {

absl::StatusOr<Table> ReadXlsx(std::string_view bytes, const Limits& limits) {
  JH_ASSIGN_OR_RETURN(ZipArchive archive, ZipArchive::Open(bytes, limits));
  JH_ASSIGN_OR_RETURN(const Workbook workbook, ReadWorkbook(archive));
  SharedStrings strings;
  if (!workbook.strings.empty()) {
    JH_RETURN_IF_ERROR(ReadXml(archive, workbook.strings, strings));
  }
  DateStyles styles;
  if (!workbook.styles.empty()) {
    JH_RETURN_IF_ERROR(ReadXml(archive, workbook.styles, styles));
  }
  TableBuilder builder(limits);
  SheetReader sheet(workbook.sheet, strings, styles, workbook.from_1904, builder);
  JH_RETURN_IF_ERROR(ReadXml(archive, workbook.sheet, sheet));
  return builder.Finish();
}

}  // namespace jinhuan::table
