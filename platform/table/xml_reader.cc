#include "platform/table/xml_reader.h"

#include <expat.h>

#include <memory>

#include "platform/status/status_macros.h"

namespace jinhuan::table {
namespace {

constexpr int kMaxDepth = 64;                  // expat keeps some 100 bytes a level
constexpr size_t kMaxTag = size_t{256} << 10;  // expat reads an open tag again with every piece

std::string_view WithoutPrefix(std::string_view name) { return name.substr(name.find(':') + 1); }

struct FreeParser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

class XmlReader {
 public:
  XmlReader(const std::string& part, XmlHandler& handler)
      : part_(part), handler_(handler), parser_(XML_ParserCreate(nullptr)) {
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), OnStart, OnEnd);
    XML_SetCharacterDataHandler(parser_.get(), OnText);
    XML_SetStartDoctypeDeclHandler(parser_.get(), OnDoctype);
  }

  absl::Status Feed(std::string_view bytes, bool last) {
    fed_ += bytes.size();
    const XML_Status good =
        XML_Parse(parser_.get(), bytes.data(), static_cast<int>(bytes.size()), last);
    JH_RETURN_IF_ERROR(status_);
    if (good != XML_STATUS_OK) return Damaged(part_);
    const auto done =
        static_cast<size_t>(std::max<XML_Index>(XML_GetCurrentByteIndex(parser_.get()), 0));
    if (!last && fed_ > done + kMaxTag) return Damaged(part_);
    return absl::OkStatus();
  }

 private:
  static XmlReader& Self(void* data) { return *static_cast<XmlReader*>(data); }

  static void OnStart(void* data, const XML_Char* name, const XML_Char** attributes) {
    XmlReader& self = Self(data);
    if (++self.depth_ > kMaxDepth) return self.Stop(Damaged(self.part_));
    self.Stop(self.handler_.Start(WithoutPrefix(name), XmlAttributes(attributes)));
  }
  static void OnEnd(void* data, const XML_Char* name) {
    --Self(data).depth_;
    Self(data).Stop(Self(data).handler_.End(WithoutPrefix(name)));
  }
  static void OnText(void* data, const XML_Char* text, int size) {
    Self(data).Stop(Self(data).handler_.Text(std::string_view(text, static_cast<size_t>(size))));
  }
  static void OnDoctype(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    Self(data).Stop(Damaged(Self(data).part_));
  }

  // Ends the reading unless `status` is OK. An event may still follow.
  void Stop(absl::Status status) {
    if (status.ok() || !status_.ok()) return;
    status_ = std::move(status);
    XML_StopParser(parser_.get(), XML_FALSE);
  }

  const std::string& part_;
  XmlHandler& handler_;
  const std::unique_ptr<XML_ParserStruct, FreeParser> parser_;
  absl::Status status_;
  int depth_ = 0;
  size_t fed_ = 0;
};

}  // namespace

std::string_view XmlAttributes::Get(std::string_view name) const {
  for (const char** pair = pairs_; *pair != nullptr; pair += 2) {
    if (WithoutPrefix(*pair) == name) return pair[1];
  }
  return "";
}

absl::Status ReadXml(ZipArchive& archive, const std::string& part, XmlHandler& handler) {
  XmlReader reader(part, handler);
  JH_RETURN_IF_ERROR(
      archive.Read(part, [&](std::string_view bytes) { return reader.Feed(bytes, false); }));
  return reader.Feed("", true);
}

}  // namespace jinhuan::table
