#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "platform/table/zip_archive.h"

namespace jinhuan::table {

// The attributes of an element, by their names without prefix. Valid during the
// call that gets them.
class XmlAttributes {
 public:
  explicit XmlAttributes(const char** pairs) : pairs_(pairs) {}
  // "" when there is none.
  std::string_view Get(std::string_view name) const;

 private:
  const char** pairs_;
};

// Is told what an XML part consists of; names come without prefix. An error
// ends the reading.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual absl::Status Start(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual absl::Status End(std::string_view name) = 0;
  // One run of text may come in several pieces; it is UTF-8.
  virtual absl::Status Text(std::string_view text) = 0;
};

// Reads the entry `part` as XML. A document type is refused, and with it every
// entity of its own; so are elements nested deeper than 64 and a tag of more
// than 256 KiB. Errors: DAMAGED, those of ZipArchive::Read and of the handler.
absl::Status ReadXml(ZipArchive& archive, const std::string& part, XmlHandler& handler);

}  // namespace jinhuan::table
