#include "platform/paper/odt_package.h"

#include <zip.h>

#include <memory>

namespace jinhuan::paper {
namespace {

constexpr std::string_view kMimeType = "application/vnd.oasis.opendocument.text";

// XML 1.0 has no way to write most control characters: they are left out.
void AppendEscaped(std::string& xml, std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    switch (c) {
      case '&':
        xml += "&amp;";
        break;
      case '<':
        xml += "&lt;";
        break;
      case '>':
        xml += "&gt;";
        break;
      case '"':
        xml += "&quot;";
        break;
      default:
        if (byte >= 0x20 || c == '\t' || c == '\n') xml += c;
    }
  }
}

struct Discard {
  void operator()(zip_t* zip) const { zip_discard(zip); }
};

}  // namespace

void XmlHandler::startElement(const char* name, const librevenge::RVNGPropertyList& attributes) {
  xml_ += '<';
  xml_ += name;
  librevenge::RVNGPropertyList::Iter at(attributes);
  for (at.rewind(); at.next();) {
    // Properties that are for the library alone.
    if (std::string_view(at.key()).starts_with("librevenge:") || at.child() != nullptr) continue;
    xml_ += ' ';
    xml_ += at.key();
    xml_ += "=\"";
    AppendEscaped(xml_, at()->getStr().cstr());
    xml_ += '"';
  }
  xml_ += '>';
}

void XmlHandler::endElement(const char* name) {
  xml_ += "</";
  xml_ += name;
  xml_ += '>';
}

void XmlHandler::characters(const librevenge::RVNGString& text) {
  AppendEscaped(xml_, text.cstr());
}

absl::StatusOr<std::string> OdtPackage::Zip(absl::Time created) const {
  const auto failed = [] { return absl::InternalError("the document cannot be packed"); };
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, nullptr);
  if (target == nullptr) return failed();
  zip_source_keep(target);
  const std::unique_ptr<zip_source_t, decltype(&zip_source_free)> kept(target, zip_source_free);
  std::unique_ptr<zip_t, Discard> zip(zip_open_from_source(target, ZIP_TRUNCATE, nullptr));
  if (zip == nullptr) {
    zip_source_free(target);
    return failed();
  }
  const auto add = [&](const char* name, std::string_view content, int method) {
    zip_source_t* source = zip_source_buffer(zip.get(), content.data(), content.size(), 0);
    const zip_int64_t index = zip_file_add(zip.get(), name, source, 0);
    if (index < 0) {
      zip_source_free(source);
      return false;
    }
    const auto place = static_cast<zip_uint64_t>(index);
    return zip_set_file_compression(zip.get(), place, method, 0) == 0 &&
           zip_file_set_mtime(zip.get(), place, absl::ToTimeT(created), 0) == 0;
  };
  // The first file, and not packed, so that the type can be read off the bytes.
  if (!add("mimetype", kMimeType, ZIP_CM_STORE)) return failed();
  for (const Part& part : parts) {
    if (!add(part.name, part.handler.xml(), ZIP_CM_DEFLATE)) return failed();
  }
  zip_t* closing = zip.release();
  if (zip_close(closing) != 0) {
    zip_discard(closing);
    return failed();
  }
  if (zip_source_open(target) != 0) return failed();
  std::string bytes;
  char piece[65536];
  for (zip_int64_t got; (got = zip_source_read(target, piece, sizeof piece)) > 0;) {
    bytes.append(piece, static_cast<size_t>(got));
  }
  zip_source_close(target);
  return bytes;
}

}  // namespace jinhuan::paper
