#pragma once

#include <libodfgen/libodfgen.hxx>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace jinhuan::paper {

// Writes the XML that libodfgen tells, element by element.
class XmlHandler final : public OdfDocumentHandler {
 public:
  void startDocument() override { xml_ = R"(<?xml version="1.0" encoding="UTF-8"?>)"; }
  void endDocument() override {}
  void startElement(const char* name, const librevenge::RVNGPropertyList& attributes) override;
  void endElement(const char* name) override;
  void characters(const librevenge::RVNGString& text) override;

  const std::string& xml() const { return xml_; }

 private:
  std::string xml_;
};

// The files that make up an OpenDocument text.
struct OdtPackage {
  struct Part {
    OdfStreamType type;
    const char* name;
    XmlHandler handler = {};
  };
  std::vector<Part> parts{{ODF_CONTENT_XML, "content.xml"},
                          {ODF_STYLES_XML, "styles.xml"},
                          {ODF_META_XML, "meta.xml"},
                          {ODF_MANIFEST_XML, "META-INF/manifest.xml"}};

  // The zip file of them, each dated `created`. Errors: INTERNAL.
  absl::StatusOr<std::string> Zip(absl::Time created) const;
};

}  // namespace jinhuan::paper
