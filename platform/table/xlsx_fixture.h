#pragma once

// Workbooks made by hand, for tests alone.

#include <zip.h>

#include <map>
#include <stdexcept>
#include <string>

namespace jinhuan::table {

using Parts = std::map<std::string, std::string>;  // content by name

// The parts as a zip file, deflated; encrypted when there is a password.
inline std::string MakeZip(const Parts& parts, const char* password = nullptr) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* out = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(out);
  zip_t* zip = zip_open_from_source(out, ZIP_CREATE, &error);
  for (const auto& [name, content] : parts) {
    zip_source_t* in = zip_source_buffer(zip, content.data(), content.size(), 0);
    const auto index = static_cast<zip_uint64_t>(zip_file_add(zip, name.c_str(), in, 0));
    if (password != nullptr) {
      zip_file_set_encryption(zip, index, ZIP_EM_TRAD_PKWARE, password);
    }
  }
  if (zip_close(zip) != 0) throw std::runtime_error("zip_close");
  zip_source_open(out);
  zip_source_seek(out, 0, SEEK_END);
  std::string bytes(static_cast<size_t>(zip_source_tell(out)), '\0');
  zip_source_seek(out, 0, SEEK_SET);
  zip_source_read(out, bytes.data(), bytes.size());
  zip_source_close(out);
  zip_source_free(out);
  return bytes;
}

// The parts of a workbook with one sheet, "xl/worksheets/sheet1.xml", of the
// given rows (`<row>` elements).
inline Parts WorkbookParts(const std::string& rows, const std::string& strings = "",
                           const std::string& styles = "") {
  const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
  const std::string main = " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
  const std::string relations =
      head +
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
  const std::string type =
      "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  return {
      {"[Content_Types].xml",
       head + "<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd."
              "openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>"},
      {"_rels/.rels", relations + "<Relationship Id=\"rId1" + type +
                          "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
      {"xl/workbook.xml", head + "<workbook" + main +
                              "><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\" "
                              "xmlns:r=\"x\"/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       relations + "<Relationship Id=\"rId1" + type +
           "worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2" + type +
           "sharedStrings\" Target=\"/xl/sharedStrings.xml\"/><Relationship Id=\"rId3" + type +
           "styles\" Target=\"styles.xml\"/></Relationships>"},
      {"xl/sharedStrings.xml", head + "<sst" + main + ">" + strings + "</sst>"},
      {"xl/styles.xml", head + "<styleSheet" + main + ">" + styles + "</styleSheet>"},
      {"xl/worksheets/sheet1.xml",
       head + "<worksheet" + main + "><sheetData>" + rows + "</sheetData></worksheet>"},
  };
}

inline constexpr char kSheetPart[] = "xl/worksheets/sheet1.xml";

}  // namespace jinhuan::table
